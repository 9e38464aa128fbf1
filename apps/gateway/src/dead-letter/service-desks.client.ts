import { Inject, Injectable } from '@nestjs/common';
import { DomainException, err, ok, type Result } from '@hetao/kernel';
import { messagingErrors, type MessagingError } from '@hetao/messaging';
import {
  deadLetterDetailDto,
  deadLetterListDto,
  DeadLetterDesk,
  SERVICE_CONFIG,
  type CallerIdentity,
  type DeadLetterDetailDto,
  type DeadLetterListDto,
  type DeadLetterQueryDto,
} from '@hetao/runtime';
import type { z } from 'zod';
import { openServices, type GatewayConfig } from '../gateway.config.js';
import { serviceNames, type ServiceName } from '../routing/route-table.js';
import { routingErrors, type RoutingError } from '../routing/routing.errors.js';
import { ServiceClient, type ServiceAnswer } from '../routing/service.client.js';

/** Who can have dead letters: every service, and the gateway, which handles events too. */
export const desks = [...serviceNames, 'gateway'] as const;
export type Desk = (typeof desks)[number];

export type DeskError = MessagingError | RoutingError;
export type DeadLetterAct = 'replay' | 'discard';

/** Speaks with the desk for dead letters of each service, and of this one, in the words of one contract. */
@Injectable()
export class ServiceDesks {
  readonly #own: DeadLetterDesk;
  readonly #services: ServiceClient;
  readonly #config: GatewayConfig;

  constructor(own: DeadLetterDesk, services: ServiceClient, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#own = own;
    this.#services = services;
    this.#config = config;
  }

  /** The desks of this exchange. */
  open(): readonly Desk[] {
    return [...openServices(this.#config), 'gateway'];
  }

  /** As DeadLetterDesk.list, of one service. */
  list(desk: Desk, query: DeadLetterQueryDto, caller: CallerIdentity): Promise<Result<DeadLetterListDto, DeskError>> {
    if (desk === 'gateway') return attempt(() => this.#own.list(query));
    const asked = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]]));
    const path = `/v1/dead-letters?${new URLSearchParams(asked).toString()}`;
    return read(desk, deadLetterListDto, this.#services.get(desk, path, caller));
  }

  /** As DeadLetterDesk.get. */
  get(desk: Desk, id: string, caller: CallerIdentity): Promise<Result<DeadLetterDetailDto, DeskError>> {
    if (desk === 'gateway') return attempt(() => this.#own.get(id));
    return read(desk, deadLetterDetailDto, this.#services.get(desk, `/v1/dead-letters/${id}`, caller));
  }

  /** As DeadLetterDesk.replay and .discard: safe to repeat. */
  ask(
    desk: Desk,
    { id, act, reason }: { readonly id: string; readonly act: DeadLetterAct; readonly reason: string },
    caller: CallerIdentity,
  ): Promise<Result<DeadLetterDetailDto, DeskError>> {
    if (desk === 'gateway') return attempt(() => this.#own[act](id, reason, caller));
    const body = { json: { reason }, mediaType: 'application/json' };
    return read(desk, deadLetterDetailDto, this.#services.post(desk, `/v1/dead-letters/${id}/${act}`, body, caller));
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<Result<T, DeskError>> {
  try {
    return ok(await work());
  } catch (error) {
    const code = error instanceof DomainException ? error.problem.code : '';
    if (error instanceof DomainException && isOurs(code)) return err(messagingErrors[code](error.problem.detail));
    throw error;
  }
}

async function read<S extends z.ZodType>(
  service: ServiceName,
  schema: S,
  asked: Promise<Result<ServiceAnswer, RoutingError>>,
): Promise<Result<z.output<S>, DeskError>> {
  const answer = await asked;
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  const told = schema.safeParse(body);
  if (status === 200 && told.success) return ok(told.data);
  const { code = '', detail = '' } = (body ?? {}) as { readonly code?: string; readonly detail?: string };
  if (isOurs(code)) return err(messagingErrors[code](detail));
  return err(routingErrors.SERVICE_UNAVAILABLE(`${service} answered ${status}.`, { meta: { service } }));
}

function isOurs(code: string): code is 'DEAD_LETTER_NOT_FOUND' | 'DEAD_LETTER_SETTLED' {
  return code === 'DEAD_LETTER_NOT_FOUND' || code === 'DEAD_LETTER_SETTLED';
}
