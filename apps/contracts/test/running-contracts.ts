import { ParticipantApprovedV1, ProductDescribedV1, ProductListedV1 } from '@hetao/events';
import { createEmbeddedTransport, type Transport } from '@hetao/messaging';
import { newId, type ErrorItem, type Jurisdiction } from '@hetao/kernel';
import { CALLER_HEADER, startService, type Page, type Problem, type RunningService } from '@hetao/runtime';
import {
  callerToken,
  emptyDatabase,
  manualClock,
  startPublisher,
  testCallerKeys,
  type ManualClock,
  type Publisher,
  type TestCaller,
} from '@hetao/testing';
import type { AgreementDetailDto } from '../src/agreement/agreement.dto.js';
import { contractsService } from '../src/contracts.definition.js';
import type { EntitlementDto } from '../src/entitlement/entitlement.dto.js';
import type { RequestDto } from '../src/negotiation/negotiation.dto.js';
import type { OfferDto } from '../src/offer/offer.dto.js';

interface Listed
  extends
    Omit<OfferDto, 'status' | 'buyer_id'>,
    Omit<RequestDto, 'status'>,
    Omit<AgreementDetailDto, 'status'>,
    Omit<EntitlementDto, 'status' | 'agreement_id'> {
  readonly status: string;
}

/** Whatever contracts answers with: which of these an answer has is what the specs are about. */
export interface AnswerBody extends Omit<Listed, 'status'>, Omit<Problem, 'status'>, Page<Listed> {
  readonly status: string | number;
  readonly errors: readonly ErrorItem[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
}

export interface SentRequest {
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PublishedEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Contracts, running alone on a database of its own, at a time the spec decides, fed by other services that are only an outbox. */
export interface RunningContracts extends Pick<Publisher, 'publish' | 'arrived'> {
  readonly service: RunningService;
  readonly clock: ManualClock;
  /** What other services would be joined by: a spec may start one that listens. */
  readonly transport: Transport;
  /** Sends a request; POSTs get a fresh Idempotency-Key unless they bring one. */
  send(as: TestCaller, method: string, path: string, request?: SentRequest): Promise<Answer>;
  /** Events contracts has published about one aggregate, in order. */
  published(key: string): Promise<PublishedEvent[]>;
  stop(): Promise<void>;
}

export async function startContracts(env: Readonly<Record<string, string>> = {}): Promise<RunningContracts> {
  const database = await emptyDatabase();
  const transport = createEmbeddedTransport();
  const clock = manualClock('2026-03-01T00:00:00Z');
  const elsewhere = await startPublisher(transport, clock);
  const { publicKeys } = await testCallerKeys();
  const service = await startService(contractsService, {
    databaseUrl: database.url,
    transport,
    callerKeys: publicKeys,
    clock,
    // Sweeping is started by the specs that are about it.
    env: { SWEEP_INTERVAL_MS: '3600000', ...env },
  });
  return {
    service,
    clock,
    transport,
    send: (as, method, path, request) => send(`${service.url}${path}`, method, as, request),
    publish: (event, data) => elsewhere.publish(event, data),
    arrived: () => elsewhere.arrived(),
    published: (key) => publishedEvents(service, key),
    stop: async () => {
      await service.stop();
      await elsewhere.stop();
      await transport.close();
      await database.drop();
    },
  };
}

async function send(url: string, method: string, as: TestCaller, request: SentRequest = {}): Promise<Answer> {
  const body = request.json === undefined ? request.text : JSON.stringify(request.json);
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body }),
    headers: {
      [CALLER_HEADER]: await callerToken(as),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': newId('key') } : {}),
      ...request.headers,
    },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as AnswerBody };
}

async function publishedEvents(service: RunningService, key: string): Promise<PublishedEvent[]> {
  const { rows } = await service.database.withClient((client) =>
    client.query<PublishedEvent>('SELECT type, data FROM outbox WHERE key = $1 ORDER BY seq', [key]),
  );
  return rows;
}

/** A text the same in every language, for names nobody reads. */
export const named = (name: string) => ({ en: name, 'zh-Hans': name, 'zh-Hant': name });

/** What the catalog says when it approves an organisation. */
export function approval(
  participantId: string,
  roles: ParticipantApprovedV1['roles'],
  at: Date,
  jurisdiction: Jurisdiction = 'HK',
) {
  return {
    participantId,
    name: named(participantId),
    jurisdiction,
    roles,
    approvedAt: at.toISOString(),
    approvedBy: 'usr_operator',
    homeCurrency: 'CNY' as const,
    bankAccount: null,
  };
}

/** What the catalog says when it lists a product. */
export function listing(productId: string, merchantId: string, at: Date): ProductListedV1 {
  return { productId, merchantId, name: named(productId), kind: 'api', version: 3, listedAt: at.toISOString() };
}

/** What the catalog says of what a product holds: nothing about anybody, in this place. */
export function description(
  productId: string,
  merchantId: string,
  at: Date,
  storedIn: Jurisdiction,
): ProductDescribedV1 {
  const { name, kind, version } = listing(productId, merchantId, at);
  const describedAt = at.toISOString();
  return { productId, merchantId, version, name, kind, storedIn, subjectsIn: [], fields: [], describedAt };
}
