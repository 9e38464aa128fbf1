import { createInterface } from 'node:readline';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { err, ok, type Result } from '@hetao/kernel';
import type { IsolationLevel } from '../isolation/isolation-level.js';
import { endWorker, launch } from '../isolation/worker.launcher.js';
import { trainingErrors, type TrainingError } from './training.errors.js';
import { useOf } from './training-account.js';
import type { TrainingUse } from './training-run.js';
import type { LoadOrder, WorkerAnswer, WorkerOrder } from './worker-protocol.js';

const LOAD_MS = 60_000;
const ORDER_MS = 50_000;
/** A round's vector of the largest network is two megabytes of base64; a cut of a large set may be more. */
const MOST_BYTES_A_LINE = 256 * 1024 ** 2;

/** What a worker answered, and what that took. */
export interface Worked {
  readonly answer: WorkerAnswer;
  readonly use: TrainingUse;
  readonly level: IsolationLevel;
}

/** One worker with one table loaded, on one rung of the ladder. Orders are answered one after the other. */
export class TrainingProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  #waiting: ((answer: WorkerAnswer | undefined) => void) | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #unread = 0;
  #cpuMs = 0;

  private constructor(
    child: ChildProcessWithoutNullStreams,
    readonly level: IsolationLevel,
  ) {
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => this.#hear(line));
    child.stdout.on('data', (chunk: Buffer) => this.#count(chunk.length));
    child.stderr.resume();
    child.stdin.on('error', () => undefined);
    child.once('error', () => this.#hand(undefined));
    child.once('close', () => this.#hand(undefined));
  }

  /** Starts a worker and has it read its table. @returns TRAINING_WORKER_FAILED, TRAINING_TABLE_UNREADABLE. */
  static async open(
    level: IsolationLevel,
    order: LoadOrder,
    memoryMib: number,
  ): Promise<Result<TrainingProcess, TrainingError>> {
    const { file, reads } = workerPlace();
    const opened = new TrainingProcess(launch(level, { file, reads: [...reads, order.file], memoryMib }), level);
    const answer = await opened.#ask(order, LOAD_MS);
    if (answer?.loaded !== undefined) return ok(opened);
    opened.end();
    return answer?.refused === undefined
      ? err(trainingErrors.TRAINING_WORKER_FAILED('It ended while it read the table.'))
      : err(trainingErrors.TRAINING_TABLE_UNREADABLE(answer.refused));
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** @returns the answer with what this order alone took; TRAINING_WORKER_FAILED when the worker died, hung or refused. */
  async work(order: WorkerOrder): Promise<Result<Worked, TrainingError>> {
    const answered = this.#turn.then(() => this.#timed(order));
    this.#turn = answered;
    const { answer, wallMs } = await answered;
    if (answer !== undefined && answer.refused === undefined) {
      return ok({ answer, use: useOf({ ...answer, wallMs }), level: this.level });
    }
    this.end();
    return err(trainingErrors.TRAINING_WORKER_FAILED(answer?.refused ?? 'It ended before it had answered.'));
  }

  end(): void {
    endWorker(this.#child);
  }

  async #timed(order: WorkerOrder): Promise<{ readonly answer: WorkerAnswer | undefined; readonly wallMs: number }> {
    const begun = performance.now();
    const answer = await this.#ask(order, ORDER_MS);
    return { answer, wallMs: performance.now() - begun };
  }

  #ask(order: LoadOrder | WorkerOrder, withinMs: number): Promise<WorkerAnswer | undefined> {
    return new Promise((resolve) => {
      if (!this.alive) return resolve(undefined);
      const timer = setTimeout(() => this.end(), withinMs);
      this.#waiting = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#child.stdin.write(`${JSON.stringify(order)}\n`);
    });
  }

  #hear(line: string): void {
    this.#unread = 0;
    const answer = JSON.parse(line) as WorkerAnswer;
    const before = this.#cpuMs;
    this.#cpuMs = answer.cpuMs;
    this.#hand({ ...answer, cpuMs: answer.cpuMs - before });
  }

  #count(bytes: number): void {
    this.#unread += bytes;
    if (this.#unread > MOST_BYTES_A_LINE) this.end();
  }

  #hand(answer: WorkerAnswer | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(answer);
  }
}

/** The worker always runs as built: on the upper rungs it sees these folders alone, and nothing there can translate TypeScript. */
function workerPlace(): { readonly file: string; readonly reads: readonly string[] } {
  const here = fileURLToPath(import.meta.url);
  const folder = dirname(here).replace(/\/src\/training$/, '/dist/training');
  const libraries = ['@hetao/learning', '@hetao/kernel'].map((name) => packageOf(name));
  return { file: `${folder}/training.worker.js`, reads: [folder, ...libraries] };
}

function packageOf(name: string): string {
  return dirname(dirname(fileURLToPath(import.meta.resolve(name))));
}
