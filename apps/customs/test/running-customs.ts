import { expect } from '@jest/globals';
import type { EventDefinition } from '@hetao/events';
import { createEmbeddedTransport, messagingMigrations } from '@hetao/messaging';
import { newId, type JsonValue } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CALLER_HEADER, startService, type RunningService } from '@hetao/runtime';
import {
  callerToken,
  emptyDatabase,
  eventually,
  manualClock,
  testCallerKeys,
  testDatabase,
  type ManualClock,
  type TestCaller,
} from '@hetao/testing';
import { customsService } from '../src/customs.definition.js';

/** JSON as it comes; which members an answer has is what the specs are about. */
export interface Body {
  readonly [key: string]: Body;
}
export interface Answer {
  readonly status: number;
  readonly body: Body;
  readonly text: string;
  readonly etag: string | null;
}

/** A member that is a text; anything else as JSON, which then fits no expectation. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

interface Sent {
  readonly as: TestCaller | null;
  readonly method: string;
  readonly json: unknown;
  readonly ifMatch?: string;
}

/** Customs, running alone on a database of its own, at a time the spec decides. */
export interface RunningCustoms {
  readonly service: RunningService;
  readonly clock: ManualClock;
  send(as: TestCaller | null, method: string, path: string, json?: unknown): Promise<Answer>;
  /** Changes what was read with an ETag. */
  sendOver(as: TestCaller, path: string, sent: Omit<Sent, 'as'>): Promise<Answer>;
  /** Sends bytes as they are. */
  sendBytes(as: TestCaller, path: string, bytes: Uint8Array): Promise<Answer>;
  published(key: string): Promise<{ type: string; data: Record<string, JsonValue> }[]>;
  /** States something as another service would; resolves when customs has handled it. */
  hears<T>(event: EventDefinition<T>, data: T): Promise<void>;
  stop(): Promise<void>;
}

export async function startCustoms(
  now = '2026-11-23T02:00:00Z',
  env: Readonly<Record<string, string>> = {},
): Promise<RunningCustoms> {
  const database = await emptyDatabase();
  const transport = createEmbeddedTransport();
  const { publicKeys } = await testCallerKeys();
  const clock = manualClock(now);
  const others = await testDatabase({ schema: 'others', entities: [], migrations: messagingMigrations });
  const othersUow = new UnitOfWork(others, transport.outboxFor('others', others), clock);
  await transport.startRelay('others', others);
  const service = await startService(customsService, {
    databaseUrl: database.url,
    transport,
    callerKeys: publicKeys,
    clock,
    env,
  });
  return {
    service,
    clock,
    send: (as, method, path, json) => send(`${service.url}${path}`, { as, method, json }),
    sendOver: (as, path, sent) => send(`${service.url}${path}`, { as, ...sent }),
    sendBytes: async (as, path, bytes) =>
      answerOf(
        await fetch(`${service.url}${path}`, {
          method: 'POST',
          body: Buffer.from(bytes),
          headers: { [CALLER_HEADER]: await callerToken(as), 'content-type': 'application/octet-stream' },
        }),
      ),
    published: async (key) => {
      const { rows } = await service.database.withClient((client) =>
        client.query<{ type: string; data: Record<string, JsonValue> }>(
          'SELECT type, data FROM outbox WHERE key = $1 ORDER BY seq',
          [key],
        ),
      );
      return rows;
    },
    hears: async (event, data) => {
      await othersUow.run((tx) => Promise.resolve(tx.append(event, data)));
      await eventually(async () => {
        const { rows } = await others.withClient((client) => client.query('SELECT 1 FROM outbox_deliveries LIMIT 1'));
        expect(rows).toEqual([]);
      });
    },
    stop: async () => {
      await service.stop();
      await transport.close();
      await others.close();
      await database.drop();
    },
  };
}

async function send(url: string, { as, method, json, ifMatch }: Sent): Promise<Answer> {
  const response = await fetch(url, {
    method,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    headers: {
      ...(as === null ? {} : { [CALLER_HEADER]: await callerToken(as) }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': newId('key') } : {}),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
  });
  return answerOf(response);
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body = isJson ? (JSON.parse(text) as Body) : {};
  return { status: response.status, body, text, etag: response.headers.get('etag') };
}
