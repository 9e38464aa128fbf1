import { join } from 'node:path';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Result } from '@hetao/kernel';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { IsolationError } from '../isolation/isolation.errors.js';
import { IsolationLadder } from '../isolation/isolation.ladder.js';
import { dataClasses, floorOf } from '../isolation/isolation-level.js';
import type { SandboxConfig } from '../sandbox.config.js';
import { TRAINING_SHARE } from './training-run.js';
import type { TrainingData } from './training-data.js';
import { TrainingProcess, type Worked } from './training.process.js';
import type { TrainingError } from './training.errors.js';
import type { WorkerOrder } from './worker-protocol.js';

const IDLE_MS = 30_000;

interface Seat {
  readonly opened: Promise<Result<TrainingProcess, WorkersError>>;
  idle: NodeJS.Timeout | undefined;
  usedAt: number;
}
export type WorkersError = TrainingError | IsolationError;

/** Workers with their tables loaded, a few at a time; one that is not asked for a while ends, and forgets. */
@Injectable()
export class TrainingWorkers implements BeforeApplicationShutdown {
  readonly #seats = new Map<string, Seat>();

  constructor(
    private readonly ladder: IsolationLadder,
    @Inject(SERVICE_CONFIG) private readonly config: SandboxConfig,
  ) {}

  /** Has the worker of this table do something. @returns ISOLATION_TOO_WEAK, ISOLATION_LOST, TRAINING_WORKER_FAILED. */
  async work(data: TrainingData, order: WorkerOrder): Promise<Result<Worked, WorkersError>> {
    const name = seatName(data);
    const seat = this.#seatOf(name, data);
    const opened = await seat.opened;
    if (!opened.ok) {
      this.#leave(name, seat);
      return opened;
    }
    const worked = await opened.value.work(order);
    if (!worked.ok) this.#leave(name, seat);
    else this.#rest(name, seat);
    return worked;
  }

  beforeApplicationShutdown(): void {
    for (const [name, seat] of this.#seats) this.#leave(name, seat);
  }

  #seatOf(name: string, data: TrainingData): Seat {
    const taken = this.#seats.get(name);
    if (taken !== undefined) {
      clearTimeout(taken.idle);
      taken.usedAt = performance.now();
      return taken;
    }
    this.#makeRoom();
    const seat: Seat = { opened: this.#open(data), idle: undefined, usedAt: performance.now() };
    this.#seats.set(name, seat);
    return seat;
  }

  /** The one that was asked for longest ago goes; its orders fail, and those who gave them ask again. */
  #makeRoom(): void {
    if (this.#seats.size < this.config.SANDBOX_WORKERS) return;
    const [oldest] = [...this.#seats].sort(([, one], [, other]) => one.usedAt - other.usedAt);
    if (oldest !== undefined) this.#leave(...oldest);
  }

  #rest(name: string, seat: Seat): void {
    clearTimeout(seat.idle);
    seat.idle = setTimeout(() => this.#leave(name, seat), IDLE_MS).unref();
  }

  #leave(name: string, seat: Seat): void {
    clearTimeout(seat.idle);
    if (this.#seats.get(name) === seat) this.#seats.delete(name);
    void seat.opened.then((opened) => opened.ok && opened.value.end());
  }

  async #open(data: TrainingData): Promise<Result<TrainingProcess, WorkersError>> {
    const dataClass = dataClasses.find((name) => name === data.dataClass) ?? 'important';
    const level = await this.ladder.stand(floorOf(dataClass));
    if (!level.ok) return level;
    const file = join(this.config.SANDBOX_DATA_DIR, data.path);
    const { sha256, reading } = data;
    const order = { file, sha256, reading, trainingShare: TRAINING_SHARE };
    return TrainingProcess.open(level.value, order, this.config.SANDBOX_WORKER_MEMORY_MIB);
  }
}

/** Runs on the same columns of the same file share a worker. */
function seatName({ sha256, reading }: TrainingData): string {
  return `${sha256} ${JSON.stringify(reading)}`;
}
