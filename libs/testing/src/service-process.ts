import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.js';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;
const SHOWN_OF_LOG = 2_000;

export interface ServiceProcessOptions {
  readonly name: string;
  readonly repositoryRoot: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where its log goes; its end is part of what a failed start says. */
  readonly logFile: string;
  /** Stays the same over restarts, as a service's address does. */
  readonly port: number;
}

/** One service of the exchange as an operating-system process of its own: started, killed, frozen and restarted by tests. */
export class ServiceProcess {
  #child: ChildProcess | undefined;

  constructor(private readonly options: ServiceProcessOptions) {}

  get name(): string {
    return this.options.name;
  }

  get url(): string {
    return `http://127.0.0.1:${this.options.port}`;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  start(): void {
    if (this.running) return;
    const { name, repositoryRoot, environment, logFile, port } = this.options;
    const log = createWriteStream(logFile, { flags: 'a' });
    const telemetry = environment['OTEL_TRACES_FILE'] ? ['--import', '@hetao/runtime/telemetry'] : [];
    const child = spawn(process.execPath, [...telemetry, join(repositoryRoot, 'apps', name, 'dist', 'main.js')], {
      cwd: repositoryRoot,
      env: { PATH: process.env['PATH'] ?? '', ...environment, HOST: '127.0.0.1', PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#child = child;
  }

  async ready(withinMs = READY_WITHIN_MS): Promise<void> {
    await eventually(
      async () => {
        if (!this.running) throw new Error(`${this.name} is not running; its log ends with\n${this.#endOfLog()}`);
        const answer = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2_000) });
        if (!answer.ok) throw new Error(`${this.name} is not ready: ${await answer.text()}`);
      },
      { withinMs },
    );
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Ends the process without asking it, and waits until the operating system says it is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks the process to drain and end. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** The exchange of a failed start is cleared away with its logs: what a person needs of them must be in the message. */
  #endOfLog(): string {
    return readFileSync(this.options.logFile, 'utf8').slice(-SHOWN_OF_LOG);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || !this.running) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await gone;
    clearTimeout(force);
  }
}
