import { createInterface } from 'node:readline';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { err, ok, type Result } from '@hetao/kernel';
import { computeErrors, type ComputeError } from '../compute/compute.errors.js';
import type { SessionTable, WorkerCounters } from '../compute/sql.session.js';
import type { IsolationLevel } from '../isolation/isolation-level.js';
import { endWorker, launch, workerFile } from '../isolation/worker.launcher.js';
import type { CodePlan } from './code-plan.js';

/** What code is run on, and how long. */
export interface CodeOrder {
  readonly plan: CodePlan;
  readonly tables: readonly SessionTable[];
  readonly memoryMib: number;
  readonly timeoutMs: number;
  /** On the twin the code's complaints may be told. */
  readonly isDryRun: boolean;
}

/** A patient's number, then the members of one record in the order of the plan's outputs. */
export type OutputRow = readonly (string | number | null)[];

/** What code gave, and what it used. */
export interface CodeOutcome {
  readonly rows: Result<readonly OutputRow[], ComputeError>;
  readonly used: WorkerCounters;
}

interface Line {
  readonly rows?: readonly OutputRow[];
  readonly ended?: true;
  readonly fault?: 'code' | 'memory' | 'failed';
  readonly detail?: string;
  readonly cpuMs?: number;
  readonly peakKib?: number;
}

const MOST_ROWS = 2_000_000;

/** One run of somebody's code in a process of its own, which ends with it. */
export class CodeProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #order: CodeOrder;
  readonly #startedAt = performance.now();

  /** Starts it on a rung, or takes a container that was started; what it may touch is the files of its tables. */
  constructor(level: IsolationLevel, order: CodeOrder, child = launchHere(level, order)) {
    this.#order = order;
    this.#child = child;
    this.#child.stderr.resume();
    this.#child.stdin.on('error', () => undefined);
  }

  /** @returns QUERY_TIMED_OUT, QUERY_OUT_OF_MEMORY, CODE_FAILED for what the code did; WORKER_FAILED for what happened to it. */
  async run(): Promise<CodeOutcome> {
    const { plan, tables, memoryMib, timeoutMs, isDryRun } = this.#order;
    const { source, language } = plan.wish;
    const rows: OutputRow[] = [];
    let [last, isLate]: [Line | undefined, boolean] = [undefined, false];
    const timer = setTimeout(() => {
      isLate = true;
      this.kill();
    }, timeoutMs);
    this.#child.stdin.end(
      JSON.stringify({
        ...{ tables, reads: plan.reads, outputs: plan.outputs, source, typescript: language === 'typescript' },
        ...{ memoryMib, tells: isDryRun },
      }),
    );
    for await (const text of createInterface({ input: this.#child.stdout })) {
      const line = JSON.parse(text) as Line;
      rows.push(...(line.rows ?? []));
      if (line.ended || rows.length > MOST_ROWS) last = line;
      if (last) break;
    }
    clearTimeout(timer);
    const wallMs = performance.now() - this.#startedAt;
    this.kill();
    const used = { cpuMs: last?.cpuMs ?? wallMs, peakKib: last?.peakKib ?? 0, wallMs };
    return { rows: isLate ? late(timeoutMs) : ended(last, rows), used };
  }

  kill(): void {
    endWorker(this.#child);
  }
}

function launchHere(level: IsolationLevel, { tables }: CodeOrder): ChildProcessWithoutNullStreams {
  return launch(level, {
    file: workerFile(import.meta.url, './code.worker'),
    reads: tables.map(({ path }) => path),
    nodeFlags: ['--no-node-snapshot'],
  });
}

function late(timeoutMs: number): Result<never, ComputeError> {
  return err(computeErrors.QUERY_TIMED_OUT(`The code was stopped after ${timeoutMs} ms.`));
}

function ended(last: Line | undefined, rows: readonly OutputRow[]): Result<readonly OutputRow[], ComputeError> {
  if (last?.ended && last.fault === undefined) return ok(rows);
  if (last?.fault === 'code') return err(computeErrors.CODE_FAILED(last.detail ?? 'It gives no reason.'));
  if (last?.fault === 'memory') return err(computeErrors.QUERY_OUT_OF_MEMORY('The code’s memory was used up.'));
  return err(computeErrors.WORKER_FAILED('The process that ran the code ended.'));
}
