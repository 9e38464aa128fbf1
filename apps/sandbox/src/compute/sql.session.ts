import { createInterface } from 'node:readline';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { err, ok, type Result } from '@hetao/kernel';
import type { IsolationLevel } from '../isolation/isolation-level.js';
import { endWorker, launch, workerFile } from '../isolation/worker.launcher.js';
import { computeErrors, type ComputeError } from './compute.errors.js';

/** A table of a session: a Parquet file under a name, with the columns as they may be seen (SQL of our own). */
export interface SessionTable {
  readonly name: string;
  readonly path: string;
  readonly select: string;
}

export interface SessionOptions {
  readonly tables: readonly SessionTable[];
  readonly memoryMib: number;
  readonly threads: number;
  readonly timeoutMs: number;
  /** A table of what code gave; a row begins with its patient's number. */
  readonly given?: {
    readonly name: string;
    readonly columns: readonly { readonly name: string; readonly type: 'VARCHAR' | 'DOUBLE' }[];
    readonly rows: readonly (readonly (string | number | null)[])[];
  };
}

/** What a worker used, counted by the kernel. */
export interface WorkerCounters {
  readonly cpuMs: number;
  readonly peakKib: number;
  readonly wallMs: number;
}

export type Row = Readonly<Record<string, unknown>>;

interface Answer {
  readonly id?: number;
  readonly ready?: true;
  readonly ended?: true;
  readonly rows?: readonly Row[];
  readonly fault?: 'timeout' | 'memory' | 'failed';
  readonly detail?: string;
  readonly cpuMs?: number;
  readonly peakKib?: number;
}

/** How long a worker may take beyond its own timer before it is killed. */
const GRACE_MS = 2_000;
const OPEN_MS = 30_000;

/**
 * A process of its own with a locked DuckDB, for one job. Whatever happens in it, the supervisor goes on: a crash is a
 * failed query, a hang is a killed process.
 */
export class SqlSession {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #timeoutMs: number;
  readonly #startedAt = performance.now();
  #waiting: ((answer: Answer) => void) | undefined;
  #nextId = 1;
  #complaint = '';

  private constructor(child: ChildProcessWithoutNullStreams, timeoutMs: number) {
    this.#child = child;
    this.#timeoutMs = timeoutMs;
    const gone = (): void => this.#hand({ fault: 'failed', detail: this.#complaint.trim().slice(-300) || 'it ended' });
    createInterface({ input: child.stdout }).on('line', (line) => this.#hand(JSON.parse(line) as Answer));
    child.stderr.on('data', (chunk: Buffer) => (this.#complaint = (this.#complaint + chunk.toString()).slice(-2_000)));
    child.once('error', gone);
    child.once('close', gone);
    // A write to a process that has just died is told by its end, not by the pipe.
    child.stdin.on('error', () => undefined);
  }

  /** Starts the worker on a rung and locks it. @returns WORKER_FAILED when it does not come up. */
  static async open(level: IsolationLevel, options: SessionOptions): Promise<Result<SqlSession, ComputeError>> {
    const child = launch(level, {
      file: workerFile(import.meta.url, './sql.worker'),
      reads: options.tables.map(({ path }) => path),
    });
    const session = new SqlSession(child, options.timeoutMs);
    const { tables, memoryMib, threads, given = null } = options;
    const answer = await session.#ask({ tables, memoryMib, threads, given }, OPEN_MS);
    if (answer.ready) return ok(session);
    session.kill();
    return err(computeErrors.WORKER_FAILED(`The worker did not start: ${answer.detail ?? 'no reason'}`));
  }

  /** Runs SQL of our own; at most 100,000 rows come back. @returns QUERY_TIMED_OUT, QUERY_OUT_OF_MEMORY, WORKER_FAILED. */
  async query(sql: string): Promise<Result<readonly Row[], ComputeError>> {
    return this.#request('query', sql);
  }

  /** DuckDB's tree of somebody's text; the text is not run. */
  async parse(sql: string): Promise<Result<unknown, ComputeError>> {
    const rows = await this.#request('parse', sql);
    if (!rows.ok) return rows;
    const tree = rows.value[0]?.['tree'];
    return ok(JSON.parse(typeof tree === 'string' ? tree : '{}'));
  }

  /** Ends the worker in good order. What it used; for one that was killed, the wall time as if it had been busy. */
  async close(): Promise<WorkerCounters> {
    const answer = await this.#ask({ end: true }, GRACE_MS);
    const wallMs = performance.now() - this.#startedAt;
    this.kill();
    return { cpuMs: answer.cpuMs ?? wallMs, peakKib: answer.peakKib ?? 0, wallMs };
  }

  kill(): void {
    endWorker(this.#child);
  }

  async #request(op: 'query' | 'parse', sql: string): Promise<Result<readonly Row[], ComputeError>> {
    const id = this.#nextId++;
    const answer = await this.#ask({ id, op, sql, timeoutMs: this.#timeoutMs }, this.#timeoutMs + GRACE_MS);
    if (answer.rows) return ok(answer.rows);
    if (answer.fault === 'timeout') {
      return err(computeErrors.QUERY_TIMED_OUT(`It was interrupted after ${this.#timeoutMs} ms.`));
    }
    if (answer.fault === 'memory') return err(computeErrors.QUERY_OUT_OF_MEMORY('The worker’s memory was used up.'));
    return err(computeErrors.WORKER_FAILED(answer.detail ?? 'The worker gave no answer.'));
  }

  /** One question at a time; the answer is the next line, or that there is none. */
  #ask(message: object, patienceMs: number): Promise<Answer> {
    return new Promise((resolve) => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        resolve({ fault: 'failed', detail: this.#complaint.slice(-300) || 'The worker has ended.' });
        return;
      }
      const timer = setTimeout(() => {
        this.kill();
        this.#hand({ fault: 'timeout' });
      }, patienceMs);
      this.#waiting = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#child.stdin.write(`${JSON.stringify(message)}\n`);
    });
  }

  #hand(answer: Answer): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(answer);
  }
}
