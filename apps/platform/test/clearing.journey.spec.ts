import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { freePort, ServiceProcess } from '@hetao/testing';
import { ensureBuilt } from '../../../tools/build.mjs';
import { clearingContract } from './support/clearing.contract.js';
import { repositoryRoot } from './support/trade-run.js';

const WITHIN_MS = 120_000;

describe('Customs in one process', () => {
  let folder: string;
  let exchange: ServiceProcess;

  beforeAll(async () => {
    await ensureBuilt();
    folder = await mkdtemp(join(tmpdir(), 'hetao-clearing-'));
    const port = await freePort();
    exchange = new ServiceProcess({
      name: 'platform',
      repositoryRoot,
      port,
      logFile: join(folder, 'platform.log'),
      environment: {
        DATA_DIR: join(folder, 'data'),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        DEMO: '1',
        DELIVERY_PRIVATE_UPSTREAMS: '1',
        SEED_ACCOUNTS: await readFile(join(repositoryRoot, 'tools/demo/demo-accounts.json'), 'utf8'),
      },
    });
    exchange.start();
    await exchange.ready();
  }, WITHIN_MS);

  afterAll(async () => {
    await exchange?.stop();
    await rm(folder, { recursive: true, force: true });
  }, WITHIN_MS);

  clearingContract(() => exchange.url);
});
