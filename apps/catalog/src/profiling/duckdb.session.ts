import { fork, type ChildProcess } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildAnswer, ChildLimits } from './duckdb.child.js';

/** Why a session ended before it answered. */
export type SessionEnd = 'time' | 'memory' | 'stopped' | 'crashed';

/** The process behind a session is gone; what it was asked stays unanswered. */
export class SessionEnded extends Error {
  readonly why: SessionEnd;

  constructor(why: SessionEnd) {
    super(`The process that measured ended: ${why}.`);
    this.why = why;
  }
}

/** The engine refused a question, in its own words. */
export class QueryRefused extends Error {}

export interface SessionLimits extends ChildLimits {
  /** From the start to the end of the session, in ms. */
  readonly timeMs: number;
}

interface Waiting {
  readonly resolve: (rows: readonly Record<string, unknown>[]) => void;
  readonly reject: (error: Error) => void;
}

const OUT_OF_MEMORY = 137;
/** Node's own heap in the child; DuckDB's memory is not in it. */
const HEAP_MB = 256;

/** An embedded DuckDB in a process of its own, locked to a few files, with an end in time, memory and disk. */
export class DuckdbSession {
  readonly #child: ChildProcess;
  readonly #timer: NodeJS.Timeout;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ready: Promise<void>;
  #ended: SessionEnd | undefined;
  #asked = 0;

  /** @param onProgress percent of the question in hand, now and then. */
  constructor({ timeMs, ...limits }: SessionLimits, onProgress: (percent: number) => void) {
    const program = fileURLToPath(new URL(`./duckdb.child${extname(import.meta.filename)}`, import.meta.url));
    // No environment: the process knows no password, no address and no proxy.
    this.#child = fork(program, [], { env: {}, execArgv: [`--max-old-space-size=${HEAP_MB}`], stdio: 'ignore' });
    this.#timer = setTimeout(() => this.#end('time'), timeMs).unref();
    this.#ready = new Promise((resolve, reject) => {
      this.#waiting.set(0, { resolve: () => resolve(), reject });
      this.#child.on('message', (message: ChildAnswer) => this.#hear(message, onProgress));
    });
    this.#child.once('exit', (code) => this.#end(code === OUT_OF_MEMORY ? 'memory' : 'crashed'));
    this.#child.once('error', () => this.#end('crashed'));
    this.#child.send(limits);
  }

  /**
   * Asks one question; questions wait for those before them.
   *
   * @throws QueryRefused when the engine refuses it, SessionEnded when the process ended first.
   */
  async query<R>(sql: string): Promise<readonly R[]> {
    await this.#ready;
    if (this.#ended !== undefined) throw new SessionEnded(this.#ended);
    const id = (this.#asked += 1);
    const rows = await new Promise<readonly Record<string, unknown>[]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, sql });
    });
    return rows as readonly R[];
  }

  /** Ends the process, whatever it does. */
  close(): void {
    this.#end('stopped');
  }

  #hear(message: ChildAnswer, onProgress: (percent: number) => void): void {
    if ('progress' in message) return onProgress(message.progress);
    const id = 'ready' in message ? 0 : message.id;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if ('error' in message) waiting?.reject(new QueryRefused(message.error));
    else waiting?.resolve('ready' in message ? [] : message.rows);
  }

  #end(why: SessionEnd): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    clearTimeout(this.#timer);
    this.#child.kill('SIGKILL');
    for (const { reject } of this.#waiting.values()) reject(new SessionEnded(why));
    this.#waiting.clear();
  }
}
