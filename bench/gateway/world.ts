import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@hetao/persistence';
import pg from 'pg';

/** A key whose checksum is right. */
export const API_KEY = 'hx_test_DemoBuyer0000000000000000000003dcfIH';
const AGREEMENT = 'agr_bench';

/** One process behind or at the door. */
export interface Party {
  readonly url: string;
  /** Resident memory in bytes, as the process itself reads it. */
  memoryBytes(): Promise<number>;
}

/** The gateway, a bare proxy and what stands behind both, each in a process of its own; the sender is this one. */
export interface World {
  readonly upstream: Party;
  readonly bare: Party;
  readonly door: Party;
  /** Path of a licensed product: every call is checked against its licence, its release and quota, and written down. */
  readonly deliveryPath: string;
}

export async function withWorld(use: (world: World) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hetao-bench-gateway-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
  const children: ChildProcess[] = [];
  const start = async (file: string, ...args: string[]): Promise<Party> => {
    const child = fork(join(import.meta.dirname, file), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    children.push(child);
    const { url } = await told<{ url: string }>(child);
    const memoryBytes = async (): Promise<number> => {
      child.send('memory');
      return (await told<NodeJS.MemoryUsage>(child)).rss;
    };
    return { url, memoryBytes };
  };
  try {
    const databaseUrl = await postgres.createDatabase('bench_gateway');
    const upstream = await start('upstream.js');
    const bare = await start('bare-proxy.js', upstream.url);
    const door = await start('door.js', databaseUrl, upstream.url, API_KEY, String(await freePort()));
    await license(databaseUrl, upstream.url);
    await use({ upstream, bare, door, deliveryPath: `/v1/deliveries/${AGREEMENT}/rows` });
  } finally {
    for (const child of children) child.kill();
    await postgres.stop('fast');
    await rm(dataDir, { recursive: true, force: true });
  }
}

function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`A process of the bench ended with ${code}.`)));
  });
}

/** What contracts and the merchant would have said by events and requests. */
async function license(databaseUrl: string, upstream: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SET search_path = gateway');
    await client.query(
      `INSERT INTO delivery_grants (agreement_id, product_id, merchant_id, buyer_id, meters, purposes, valid_from,
         valid_until) VALUES ($1, 'prd_bench', 'org_other', 'org_bench', '{calls}', '{research}', '2015-01-01',
         '2100-01-01')`,
      [AGREEMENT],
    );
    await client.query(
      `INSERT INTO delivery_endpoints (product_id, merchant_id, url, updated_at)
       VALUES ('prd_bench', 'org_other', $1, now())`,
      [`${upstream}/v1`],
    );
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
