import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '@hetao/persistence';
import { startExchange, startKafka, type ExchangeProcesses } from '@hetao/testing';

/** The repository, also where this file runs uncompiled. */
const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\.hetao\/dist\/$/, '');
const READY_WITHIN_MS = 240_000;

/** The exchange as it is deployed, on a database and a broker of its own; nothing stands between them. */
export async function openHouse(): Promise<{ exchange: ExchangeProcesses; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-load-'));
  const database = await startEmbeddedPostgres({ dataDir: folder, durable: true });
  const broker = await startKafka();
  const exchange = await startExchange({
    repositoryRoot: root,
    brokers: broker.brokers,
    seedAccounts: await readFile(join(root, 'tools/demo/demo-accounts.json'), 'utf8'),
    ...{ readyWithinMs: READY_WITHIN_MS, restartsWhoEnds: true },
    // All visitors come from one address here, and one officer stands for the whole back office.
    environment: {
      RATE_LIMIT_ADDRESS: '1000000',
      RATE_LIMIT_KEY: '1000000',
      RATE_LIMIT_ORGANISATION: '1000000',
      LOG_LEVEL: 'warn',
    },
    database: async (service) => ({ url: await database.createDatabase(service), drop: () => Promise.resolve() }),
  });
  const close = async (): Promise<void> => {
    await exchange.stop();
    await broker.stop();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { exchange, close };
}
