import { createEmbeddedTransport } from '@hetao/messaging';
import { newId, type ErrorItem } from '@hetao/kernel';
import { CALLER_HEADER, startService, type Page, type Problem, type RunningService } from '@hetao/runtime';
import {
  callerToken,
  emptyDatabase,
  manualClock,
  testCallerKeys,
  type ManualClock,
  type TestCaller,
} from '@hetao/testing';
import { catalogService } from '../src/catalog.definition.js';
import type { HistoryDto } from '../src/history/history.dto.js';
import type { ParticipantDto } from '../src/participant/participant.dto.js';
import type { ProductDto } from '../src/product/product.dto.js';

interface Listed extends Omit<ParticipantDto, 'status'>, Omit<ProductDto, 'id' | 'name' | 'status'>, HistoryDto {
  readonly status: string;
}

/** Whatever the catalog answers with: which of these an answer has is what the specs are about. */
export interface AnswerBody
  extends
    Omit<ParticipantDto, 'status'>,
    Omit<ProductDto, 'id' | 'name' | 'status'>,
    Omit<Problem, 'status'>,
    Page<Listed> {
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

/** The catalog, running alone on a database of its own, at a time the spec decides. */
export interface RunningCatalog {
  readonly service: RunningService;
  readonly clock: ManualClock;
  /** Sends a request; POSTs get a fresh Idempotency-Key unless they bring one. */
  send(as: TestCaller, method: string, path: string, request?: SentRequest): Promise<Answer>;
  /** As {@link send}, of what is no JSON. */
  sendForText(as: TestCaller, path: string): Promise<{ status: number; text: string }>;
  /** Types and data of the events published so far, in order, about one aggregate. */
  published(key: string): Promise<{ type: string; data: Readonly<Record<string, unknown>> }[]>;
  stop(): Promise<void>;
}

/** @param env settings of its own, where a spec needs other than usual. */
export async function startCatalog(env: Readonly<Record<string, string>> = {}): Promise<RunningCatalog> {
  const database = await emptyDatabase();
  const transport = createEmbeddedTransport();
  const { publicKeys } = await testCallerKeys();
  const clock = manualClock('2026-03-01T08:00:00Z');
  const service = await startService(catalogService, {
    databaseUrl: database.url,
    transport,
    callerKeys: publicKeys,
    clock,
    env,
  });
  return {
    service,
    clock,
    send: (as, method, path, request) => send(`${service.url}${path}`, method, as, request),
    sendForText: async (as, path) => {
      const response = await fetch(`${service.url}${path}`, { headers: { [CALLER_HEADER]: await callerToken(as) } });
      return { status: response.status, text: await response.text() };
    },
    published: (key) => publishedEvents(service, key),
    stop: async () => {
      await service.stop();
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

async function publishedEvents(service: RunningService, key: string) {
  const { rows } = await service.database.withClient((client) =>
    client.query<{ type: string; data: Readonly<Record<string, unknown>> }>(
      'SELECT type, data FROM outbox WHERE key = $1 ORDER BY seq',
      [key],
    ),
  );
  return rows;
}
