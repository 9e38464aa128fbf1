import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DomainException } from '@hetao/kernel';
import { toRunDto } from './training-run.dto.js';
import { runLife } from './training-run.js';
import { RunStore } from './training-run.store.js';
import { trainingErrors } from './training.errors.js';

const LOOK_EVERY_MS = 500;
const LONGEST_MS = 600_000;
/** A proxy that hears nothing for a minute hangs up. */
const QUIET_MS = 15_000;
const MOST_STREAMS = 64;

/** Looks at runs for those who watch them. */
@Injectable()
export class RunEvents {
  readonly #runs: RunStore;
  #open = 0;

  constructor(runs: RunStore) {
    this.#runs = runs;
  }

  /** The run at once, then at every change, until it is over or ten minutes have passed. @throws TRAINING_STREAMS_EXHAUSTED. */
  follow(id: string): AsyncGenerator<string> {
    if (this.#open >= MOST_STREAMS) {
      throw new DomainException(trainingErrors.TRAINING_STREAMS_EXHAUSTED(`${MOST_STREAMS} are open.`));
    }
    return this.#look(id);
  }

  async *#look(id: string): AsyncGenerator<string> {
    this.#open += 1;
    try {
      const startedAt = performance.now();
      let [told, toldAt] = ['', startedAt];
      while (performance.now() - startedAt < LONGEST_MS) {
        const run = await this.#runs.read(id);
        if (run === null) break;
        const now = JSON.stringify(toRunDto(run));
        if (now !== told) yield `event: run\ndata: ${now}\n\n`;
        else if (performance.now() - toldAt > QUIET_MS) yield ': still here\n\n';
        if (now !== told || performance.now() - toldAt > QUIET_MS) toldAt = performance.now();
        told = now;
        if (run.state === 'completed' || runLife.isFinal(run.state)) break;
        await pause(LOOK_EVERY_MS);
      }
      yield 'event: end\ndata: {}\n\n';
    } finally {
      this.#open -= 1;
    }
  }
}
