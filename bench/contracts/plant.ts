import { fork, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@hetao/kernel';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@hetao/persistence';
import { CALLER_HEADER, generateCallerKeys, signCaller } from '@hetao/runtime';
import pg from 'pg';
import type { Work } from './work-counter.js';

/** One of two exchanges, each a process and a database of its own. */
export interface Side {
  readonly url: string;
  readonly base: string;
  readonly participantId: string;
  readonly peerId: string;
  /** The organisation the other exchange stands for here, and one that trades here. */
  readonly theirs: string;
  readonly ours: string;
  readonly pool: pg.Pool;
}

type Persona = 'merchant' | 'buyer' | 'operator';

/** Two exchanges that know each other, and who may speak to them. */
export interface Plant {
  readonly provider: Side;
  readonly consumer: Side;
  /** What both have done so far, the provider first. */
  readonly work: () => Promise<readonly [Work, Work]>;
  /** Headers of somebody of this organisation; good for half a minute. */
  readonly caller: (organisationId: string, persona: Persona) => Promise<Record<string, string>>;
  readonly call: (side: Side, method: string, path: string, options: CallOptions) => Promise<Record<string, unknown>>;
}

interface CallOptions {
  readonly as: string;
  readonly persona: Persona;
  readonly json?: unknown;
}

/** Connections of each exchange to its database. */
export const POOL = 16;

/** Lends a durable server, and removes it. */
export async function withPostgres<T>(use: (postgres: EmbeddedPostgres) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hetao-bench-contracts-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
  try {
    return await use(postgres);
  } finally {
    await postgres.stop('fast');
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Starts two exchanges, lends them, and ends them. */
export async function withPlant(postgres: EmbeddedPostgres, use: (plant: Plant) => Promise<void>): Promise<void> {
  const keys = await generateCallerKeys();
  const headers = new Map<string, { readonly until: number; readonly value: Record<string, string> }>();
  const caller: Plant['caller'] = async (organisationId, persona) => {
    const known = headers.get(`${organisationId} ${persona}`);
    if (known !== undefined && known.until > Date.now()) return known.value;
    const identity = { subject: 'usr_bench', organisationId, personas: [persona], scopes: [], displayName: 'Bench' };
    const token = await signCaller({ ...identity, via: 'session' }, keys.privateKey);
    const value = { [CALLER_HEADER]: token, 'content-type': 'application/json' };
    headers.set(`${organisationId} ${persona}`, { value, until: Date.now() + 30_000 });
    return value;
  };
  const call: Plant['call'] = async ({ url }, method, path, { as, persona, json }) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...(await caller(as, persona)), ...(method === 'POST' ? { 'idempotency-key': newId('key') } : {}) },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const body = (await answer.json()) as Record<string, unknown>;
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(body)}`);
    return body;
  };
  const children: Child[] = [];
  const pools: pg.Pool[] = [];
  try {
    const start = { callerKeys: keys.publicKeys, children };
    const one = await begin(postgres, 'provider', start);
    const two = await begin(postgres, 'consumer', start);
    pools.push(one.pool, two.pool);
    const provider = await introduce(one, two, call);
    const consumer = await introduce(two, one, call);
    const [first, second] = children as [Child, Child];
    const work = () => Promise.all([first.work(), second.work()]);
    await use({ provider, consumer, work, caller, call });
  } finally {
    await Promise.all(pools.map((pool) => pool.end()));
    await Promise.all(children.map((child) => child.end()));
  }
}

interface Child {
  /** What it has done so far. */
  work(): Promise<Work>;
  end(): Promise<void>;
}

interface Begun {
  readonly name: string;
  readonly port: number;
  readonly pool: pg.Pool;
}

async function begin(
  postgres: EmbeddedPostgres,
  name: string,
  { callerKeys, children }: { readonly callerKeys: object; readonly children: Child[] },
): Promise<Begun> {
  const databaseUrl = await postgres.createDatabase(`bench_${name}`);
  const port = await freePort();
  const { privateKey } = generateKeyPairSync('ed25519');
  const { kty, crv, x, d } = privateKey.export({ format: 'jwk' });
  const settings = {
    DATASPACE_PARTICIPANT_ID: `did:web:${name}.example`,
    DATASPACE_ROOT_URL: `http://127.0.0.1:${port}/dsp`,
    DATASPACE_PRIVATE_KEY: JSON.stringify({ kty, crv, x, d, kid: name }),
    DATASPACE_PRIVATE_PEERS: '1',
  };
  const task = { kind: 'exchange', databaseUrl, port, poolSize: POOL, callerKeys, settings };
  children.push(await startChild(task));
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, options: '-c search_path=contracts' });
  return { name, port, pool };
}

/** A process of its own; resolves when it serves. */
export async function startChild(task: object): Promise<Child> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'instance.js'), [], {
    env: { PATH: process.env['PATH'] ?? '', BENCH_TASK: JSON.stringify(task) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`An instance ended with ${code ?? 'a signal'} before it served.`)));
  });
  return {
    work: () =>
      new Promise<Work>((resolve) => {
        child.once('message', (work) => resolve(work as Work));
        child.send('count');
      }),
    end: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        if (!child.send('end')) resolve();
      }),
  };
}

async function introduce(self: Begun, other: Begun, call: Plant['call']): Promise<Side> {
  const [theirs, ours] = [newId('org'), newId('org')];
  for (const id of [theirs, ours]) {
    await self.pool.query(
      `INSERT INTO directory_parties (id, standing, standing_at, name, jurisdiction, roles, profile_as_of)
       VALUES ($1, 'approved', now(), '{"en":"B","zh-Hans":"B","zh-Hant":"B"}', 'HK', '{merchant,buyer}', now())`,
      [id],
    );
  }
  const keys: unknown = await (await fetch(`http://127.0.0.1:${other.port}/dsp/keys`)).json();
  const url = `http://127.0.0.1:${self.port}`;
  const side = {
    url,
    base: `${url}/dsp/2025-1`,
    participantId: `did:web:${self.name}.example`,
    peerId: '',
    theirs,
    ours,
    pool: self.pool,
  };
  const { id } = await call(side, 'PUT', '/v1/dataspace/peers', {
    as: 'org_exchange',
    persona: 'operator',
    json: {
      participant_id: `did:web:${other.name}.example`,
      organisation_id: theirs,
      base_url: `http://127.0.0.1:${other.port}/dsp/2025-1`,
      auth: { mode: 'bearer-jwt', keys },
    },
  });
  return { ...side, peerId: String(id) };
}

/** A key pair, and compact tokens signed with it anew for every message. */
export function signer(): { readonly publicJwk: object; readonly token: () => string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { publicJwk: publicKey.export({ format: 'jwk' }), token: () => tokenOf(privateKey) };
}

function tokenOf(key: KeyObject): string {
  const text = [{ alg: 'EdDSA' }, { iss: 'bench', iat: Math.floor(Date.now() / 1000) }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
