import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type JsonValue, type Result } from '@hetao/kernel';
import { CALLER_HEADER, SERVICE_CONFIG, signCaller, type CallerIdentity } from '@hetao/runtime';
import { serviceUrl, type GatewayConfig } from '../gateway.config.js';
import { routingErrors, type RoutingError } from './routing.errors.js';
import type { ServiceName } from './route-table.js';

/** What a service answered to a read of our own. `body` is null when it was not JSON. */
export interface ServiceAnswer {
  readonly status: number;
  readonly body: JsonValue;
}

const TIMEOUT_MS = 4_000;
/** A page of a list or an OpenAPI document is far below this. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** The gateway as a caller of its own: it may read, and that is all. */
export const systemReader: CallerIdentity = {
  subject: 'gateway',
  organisationId: 'org_exchange',
  personas: ['auditor'],
  scopes: [],
  via: 'system',
  displayName: 'Gateway (reads only)',
};

/** The gateway as the meter of what passes through it. */
export const systemMeter: CallerIdentity = { ...systemReader, personas: [], displayName: 'Gateway (its own meter)' };

/** The gateway as who keeps the members of organisations. */
export const systemOperator: CallerIdentity = {
  ...systemReader,
  personas: ['operator'],
  displayName: 'Gateway (members)',
};

interface Sending {
  readonly caller: CallerIdentity;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: { readonly json: unknown; readonly mediaType: string };
}

/** Asks the services behind the door, in somebody's name. */
@Injectable()
export class ServiceClient {
  readonly #config: GatewayConfig;

  constructor(@Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#config = config;
  }

  /** GET `path` of a service. Whatever its status: an error is only that there was no answer in time. */
  async get(
    service: ServiceName,
    path: string,
    caller: CallerIdentity = systemReader,
  ): Promise<Result<ServiceAnswer, RoutingError>> {
    return this.#send(service, path, { caller });
  }

  /** POST a body to a service. Repeating it must be safe: an answer may be lost. */
  async post(
    service: ServiceName,
    path: string,
    body: { readonly json: unknown; readonly mediaType: string },
    caller: CallerIdentity,
  ): Promise<Result<ServiceAnswer, RoutingError>> {
    return this.#send(service, path, { caller, body });
  }

  /** PUT a JSON body; as safe to repeat as the method says. */
  async put(
    service: ServiceName,
    path: string,
    json: unknown,
    caller: CallerIdentity,
  ): Promise<Result<ServiceAnswer, RoutingError>> {
    return this.#send(service, path, { caller, method: 'PUT', body: { json, mediaType: 'application/json' } });
  }

  /** DELETE what is there; that it is gone already is an answer too. */
  async delete(
    service: ServiceName,
    path: string,
    caller: CallerIdentity,
  ): Promise<Result<ServiceAnswer, RoutingError>> {
    return this.#send(service, path, { caller, method: 'DELETE' });
  }

  async #send(
    service: ServiceName,
    path: string,
    { caller, body, method = body === undefined ? 'GET' : 'POST' }: Sending,
  ): Promise<Result<ServiceAnswer, RoutingError>> {
    const base = serviceUrl(this.#config, service);
    if (base === undefined)
      return err(routingErrors.SERVICE_UNAVAILABLE(`${service} is no part of this exchange.`, { meta: { service } }));
    try {
      const response = await fetch(new URL(path, base), {
        method,
        ...(body && { body: JSON.stringify(body.json) }),
        headers: {
          accept: 'application/json',
          ...(body && { 'content-type': body.mediaType }),
          [CALLER_HEADER]: await signCaller(caller, this.#config.CALLER_PRIVATE_KEY),
        },
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return ok({ status: response.status, body: parsed(await bounded(response)) });
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown';
      return err(routingErrors.SERVICE_UNAVAILABLE(`${service} did not answer (${reason}).`, { meta: { service } }));
    }
  }
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (size > MAX_ANSWER_BYTES) throw new RangeError('The answer is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
