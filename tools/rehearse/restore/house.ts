import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort, ServiceProcess } from '@hetao/testing';

/** The compiled file lies in .hetao/dist/tools/rehearse/restore, five folders below the repository. */
export const root = dirname(fileURLToPath(new URL('../../../../../package.json', import.meta.url)));

/** A first start makes every schema; on a machine with other work that takes its time. */
const READY_WITHIN_MS = 240_000;

/** The whole exchange in a process of its own, on a database that is given. */
export async function openHouse(folder: string, databaseUrl: string): Promise<ServiceProcess> {
  const port = await freePort();
  const house = new ServiceProcess({
    name: 'platform',
    repositoryRoot: root,
    port,
    logFile: join(folder, 'exchange.log'),
    environment: {
      DATA_DIR: join(folder, 'house'),
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DEMO: '1',
      SEED_ACCOUNTS: await readFile(join(root, 'tools/demo/demo-accounts.json'), 'utf8'),
    },
  });
  house.start();
  await house.ready(READY_WITHIN_MS);
  return house;
}

export interface TradeOptions {
  readonly folder: string;
  readonly lines: number;
  /** Folder of the version whose tool plays it; default this one's. */
  readonly version?: string;
}

/** A trade as a process of its own, as `npm run trade` plays it. */
export class RunningTrade {
  readonly #child: ChildProcess;
  readonly #steps: string[] = [];
  readonly #waiting = new Set<() => void>();
  #errors = '';
  #pauseAt: string | undefined;
  /** The exit code: 0 when the equation holds and the period is closed. */
  readonly ended: Promise<number>;

  constructor(url: string, options: TradeOptions) {
    const { folder, lines, version = root } = options;
    const args = [
      '--json',
      '--url',
      url,
      '--lines',
      String(lines),
      '--keyring',
      join(folder, 'house', 'trade-keys.json'),
    ];
    this.#child = spawn(process.execPath, [join(version, 'tools/trade.mjs'), ...args], {
      cwd: version,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    if (this.#child.stdout) createInterface({ input: this.#child.stdout }).on('line', (text) => this.#heard(text));
    this.ended = new Promise((resolve) => this.#child.once('close', (code) => resolve(code ?? 1)));
  }

  get errors(): string {
    return this.#errors.trim();
  }

  /** Resolves once the trade has come to a step. @throws Error when it ended before. */
  reached(step: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!this.#steps.includes(step)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
      void this.ended.then(() => reject(new Error(`The trade ended before "${step}": ${this.errors}`)));
    });
  }

  /** As {@link reached}, and stands still there until {@link goOn}: on a fast machine it would be over before anybody looks. */
  async pausedAt(step: string): Promise<void> {
    this.#pauseAt = step;
    await this.reached(step);
  }

  goOn(): void {
    this.#child.kill('SIGCONT');
  }

  /** Ends it where it is, as a client's machine that lost power. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  #heard(text: string): void {
    const line = JSON.parse(text) as { readonly step?: string; readonly progress?: string; readonly done?: number };
    if (line.step !== undefined) this.#steps.push(line.step);
    if (line.progress !== undefined) this.#steps.push(line.progress);
    if (this.#pauseAt !== undefined && this.#steps.includes(this.#pauseAt)) {
      this.#pauseAt = undefined;
      this.#child.kill('SIGSTOP');
    }
    for (const look of this.#waiting) look();
  }
}
