import { createEmbeddedTransport } from '@hetao/messaging';
import { newId } from '@hetao/kernel';
import { CALLER_HEADER, startService, type RunningService } from '@hetao/runtime';
import { callerToken, emptyDatabase, freePort, testCallerKeys, type TestCaller } from '@hetao/testing';
import { contractsService } from '../src/contracts.definition.js';

/** One exchange of two: its own database, its own port, speaking to the other over HTTP. */
export interface Exchange {
  readonly name: string;
  readonly participantId: string;
  /** Where peers call it. */
  readonly base: string;
  readonly service: RunningService;
  /** The other one, as it is entered here. */
  readonly peerId: string;
  /** The organisation of this exchange that the other one stands for, and one that trades with it. */
  readonly theirs: string;
  readonly ours: string;
  send(as: TestCaller, method: string, path: string, json?: unknown): Promise<WireAnswer>;
  /** As a peer sends: with the Authorization the other one would send, or none. */
  speak(method: string, path: string, message?: unknown, authorization?: string): Promise<WireAnswer>;
  sql<R extends object>(text: string, params?: unknown[]): Promise<R[]>;
  /** How a process of its own would be started in its place. */
  readonly settings: {
    readonly databaseUrl: string;
    readonly env: Readonly<Record<string, string>>;
    readonly port: number;
  };
  /** Ends it without a word and starts it again on the same database and port. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/** Whatever was answered. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: WireBody;
}
export interface WireBody {
  readonly '@type'?: string;
  readonly id: string;
  readonly code: string;
  readonly state: string;
  readonly reason: readonly string[];
  readonly consumerPid: string;
  readonly providerPid: string;
  readonly [property: string]: unknown;
}

export const operator: TestCaller = { personas: ['operator'], organisationId: 'org_exchange', subject: 'usr_operator' };
const system: TestCaller = { personas: [], organisationId: 'org_exchange', via: 'system' };

interface Life {
  service: RunningService;
  readonly database: Awaited<ReturnType<typeof emptyDatabase>>;
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  transport: ReturnType<typeof createEmbeddedTransport>;
}

/** Two exchanges that know each other, each proving itself by tokens signed with its own key. */
export async function startPair(
  env: Readonly<Record<string, string>> = {},
  own: { readonly alba?: Readonly<Record<string, string>>; readonly bruma?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly alba: Exchange; readonly bruma: Exchange; stop(): Promise<void> }> {
  const albaLife = await begin('alba', { ...env, ...own.alba });
  const brumaLife = await begin('bruma', { ...env, ...own.bruma });
  const alba = await introduce('alba', albaLife, { name: 'bruma', life: brumaLife });
  const bruma = await introduce('bruma', brumaLife, { name: 'alba', life: albaLife });
  return {
    alba,
    bruma,
    stop: async () => {
      await alba.stop();
      await bruma.stop();
    },
  };
}

async function begin(name: string, extra: Readonly<Record<string, string>>): Promise<Life> {
  const [database, port] = [await emptyDatabase(), await freePort()];
  const env = {
    DATASPACE_PARTICIPANT_ID: `did:web:${name}.example`,
    DATASPACE_ROOT_URL: `http://127.0.0.1:${port}/dsp`,
    DATASPACE_PRIVATE_KEY: JSON.stringify(await ownKey(name)),
    DATASPACE_PRIVATE_PEERS: '1',
    DATASPACE_LEASE_MS: '1500',
    DATASPACE_RETRY_MS: '50,100,200,400,800',
    SWEEP_INTERVAL_MS: '3600000',
    ...extra,
  };
  const transport = createEmbeddedTransport();
  const service = await start({ database, env, port, transport });
  return { service, database, env, port, transport };
}

async function start({ database, env, port, transport }: Omit<Life, 'service'>): Promise<RunningService> {
  const { publicKeys } = await testCallerKeys();
  return startService(contractsService, { databaseUrl: database.url, transport, callerKeys: publicKeys, env, port });
}

async function ownKey(kid: string): Promise<object> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const { kty, crv, x, d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { kty, crv, x, d, kid };
}

async function introduce(
  name: string,
  life: Life,
  other: { readonly name: string; readonly life: Life },
): Promise<Exchange> {
  const [theirs, ours] = [newId('org'), newId('org')];
  const send: Exchange['send'] = async (as, method, path, json) =>
    answered(
      await fetch(`${life.service.url}${path}`, {
        method,
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        headers: {
          [CALLER_HEADER]: await callerToken(as),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'POST' ? { 'idempotency-key': newId('key') } : {}),
        },
      }),
    );
  const sql: Exchange['sql'] = async <R extends object>(text: string, params: unknown[] = []) =>
    (await life.service.database.withClient((client) => client.query<R>(text, params))).rows;
  await settle(sql, [
    [theirs, other.name],
    [ours, name],
  ]);
  const keys = (await (await fetch(`${other.life.service.url}/dsp/keys`)).json()) as { keys: object[] };
  const entered = await send(operator, 'PUT', '/v1/dataspace/peers', {
    participant_id: `did:web:${other.name}.example`,
    organisation_id: theirs,
    base_url: `${other.life.env['DATASPACE_ROOT_URL']}/2025-1`,
    auth: { mode: 'bearer-jwt', keys },
  });
  return {
    name,
    participantId: `did:web:${name}.example`,
    base: `http://127.0.0.1:${life.port}/dsp/2025-1`,
    get service() {
      return life.service;
    },
    settings: { databaseUrl: life.database.url, env: life.env, port: life.port },
    peerId: entered.body.id,
    theirs,
    ours,
    send,
    sql,
    speak: async (method, path, message, authorization) =>
      answered(
        await fetch(`${life.service.url}/dsp/2025-1${path}`, {
          method,
          ...(message === undefined ? {} : { body: JSON.stringify(message) }),
          headers: {
            ...(message === undefined ? {} : { 'content-type': 'application/json' }),
            ...(authorization === undefined ? {} : { authorization }),
          },
        }),
      ),
    restart: async (env = {}) => {
      await life.service.stop();
      await life.transport.close();
      life.transport = createEmbeddedTransport();
      life.service = await start({ ...life, env: { ...life.env, ...env } });
    },
    stop: async () => {
      await life.service.stop();
      await life.transport.close();
      await life.database.drop();
    },
  };
}

/** Organisations of the directory, approved for everything. */
async function settle(sql: Exchange['sql'], parties: readonly (readonly [string, string])[]): Promise<void> {
  for (const [id, name] of parties) {
    await sql(
      `INSERT INTO directory_parties (id, standing, standing_at, name, jurisdiction, roles, profile_as_of)
       VALUES ($1, 'approved', now(), $2, 'HK', '{merchant,buyer}', now())`,
      [id, JSON.stringify({ en: name, 'zh-Hans': name, 'zh-Hant': name })],
    );
  }
}

async function answered(response: Response): Promise<WireAnswer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as WireBody,
  };
}

/** What the exchange's own delivery asks about a token, or its sandbox. */
export function checkToken(exchange: Exchange, token: string, opens?: 'sandbox_session'): Promise<WireAnswer> {
  return exchange.send(system, 'POST', '/v1/dataspace/token-checks', { token, ...(opens && { opens }) });
}
