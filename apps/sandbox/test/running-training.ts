import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@hetao/kernel';
import { createEmbeddedTransport } from '@hetao/messaging';
import { CALLER_HEADER, createLogger, startService, type RunningService } from '@hetao/runtime';
import { callerToken, emptyDatabase, testCallerKeys, type TestCaller } from '@hetao/testing';
import { sandboxService } from '../src/index.js';

/** Who takes part: researchers of a buyer in Hong Kong, who keeps the data, who runs the exchange, and somebody else. */
export const people = {
  viewer: { subject: 'usr_researcher', organisationId: 'par_hkhealth', personas: ['buyer'] },
  colleague: { subject: 'usr_colleague', organisationId: 'par_hkhealth', personas: ['buyer'] },
  steward: { subject: 'usr_custodian', organisationId: 'par_lingnan', personas: ['merchant'] },
  stranger: { subject: 'usr_stranger', organisationId: 'par_other', personas: ['buyer', 'merchant'] },
  operator: { subject: 'usr_operator', organisationId: 'org_exchange', personas: ['operator'] },
  second: { subject: 'usr_second', organisationId: 'org_exchange', personas: ['operator'] },
} as const satisfies Record<string, TestCaller>;

/** What a route answered; its members are what the specs are about. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The sandbox, running alone on a database and a folder of its own. */
export interface RunningTraining {
  readonly service: RunningService;
  readonly folder: string;
  send(as: TestCaller, method: string, path: string, json?: unknown): Promise<Answer>;
  sendBytes(as: TestCaller, path: string, bytes: Uint8Array): Promise<Answer>;
  /** The answer as it comes: files and streams. */
  read(as: TestCaller, path: string): Promise<Response>;
  stop(): Promise<void>;
}

export async function startTraining(): Promise<RunningTraining> {
  const database = await emptyDatabase();
  const transport = createEmbeddedTransport();
  const { publicKeys } = await testCallerKeys();
  const folder = await mkdtemp(join(tmpdir(), 'hetao-training-'));
  const service = await startService(sandboxService, {
    databaseUrl: database.url,
    transport,
    callerKeys: publicKeys,
    logger: createLogger({ service: 'sandbox', level: 'fatal' }),
    env: { SANDBOX_DATA_DIR: folder },
  });
  const headers = async (as: TestCaller) => ({ [CALLER_HEADER]: await callerToken({ via: 'session', ...as }) });
  const answered = async (path: string, init: RequestInit): Promise<Answer> => {
    const answer = await fetch(service.url + path, init);
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
  return {
    service,
    folder,
    send: async (as, method, path, json) => {
      const own = { ...(await headers(as)), 'idempotency-key': newId('idk') };
      if (json === undefined) return answered(path, { method, headers: own });
      return answered(path, {
        method,
        headers: { ...own, 'content-type': 'application/json' },
        body: JSON.stringify(json),
      });
    },
    sendBytes: async (as, path, bytes) =>
      answered(path, {
        method: 'POST',
        headers: { ...(await headers(as)), 'content-type': 'application/octet-stream' },
        body: Buffer.from(bytes),
      }),
    read: async (as, path) => fetch(service.url + path, { headers: await headers(as) }),
    stop: async () => {
      await service.stop();
      await transport.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
