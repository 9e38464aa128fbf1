import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, ServiceProcess } from '@hetao/testing';
import { ensureBuilt } from '../../../../tools/build.mjs';
import { repositoryRoot } from './trade-run.js';

/** Every service in one process with the demo world, as `npm start` opens it, in a folder of its own. */
export interface WholeExchange {
  readonly process: ServiceProcess;
  readonly folder: string;
  close(): Promise<void>;
}

/**
 * Starts the platform and waits until it is ready.
 *
 * @param settings environment beside the demonstration's own.
 */
export async function startWholeExchange(settings: Readonly<Record<string, string>> = {}): Promise<WholeExchange> {
  await ensureBuilt();
  const folder = await mkdtemp(join(tmpdir(), 'hetao-platform-'));
  const port = await freePort();
  const exchange = new ServiceProcess({
    name: 'platform',
    repositoryRoot,
    port,
    logFile: join(folder, 'platform.log'),
    environment: {
      DATA_DIR: join(folder, 'data'),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DEMO: '1',
      SEED_ACCOUNTS: await readFile(join(repositoryRoot, 'tools/demo/demo-accounts.json'), 'utf8'),
      ...settings,
    },
  });
  const close = async () => {
    await exchange.stop();
    await rm(folder, { recursive: true, force: true });
  };
  exchange.start();
  try {
    await exchange.ready();
  } catch (error) {
    await close();
    throw error;
  }
  return { process: exchange, folder, close };
}
