import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE, Jobs, LOGGER, type OnServiceOpen } from '@hetao/runtime';
import type { Logger } from 'pino';
import { ReleaseRound } from './round.use-cases.js';

const LOOK_EVERY_MS = 500;
/** One turn: enough to be busy, few enough that a stop does not wait. */
const ROUNDS_A_TURN = 50;
const RUNS_A_TURN = 4;

interface Waiting {
  readonly id: string;
  readonly round: number;
}

/**
 * Mode A: every layer is in the enclave, so the rounds go on by themselves. Each is the same round as mode B's, with an empty
 * frame from the other side; charge, checkpoint and curve commit with it, and a crash goes on where it was.
 */
@Injectable()
export class CodeInTrainer implements OnServiceOpen {
  constructor(
    private readonly rounds: ReleaseRound,
    private readonly jobs: Jobs,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onServiceOpen(): Promise<void> {
    this.jobs.every({ name: 'sandbox: training', intervalMs: LOOK_EVERY_MS, work: () => this.turn(), alone: true });
    return Promise.resolve();
  }

  /** Takes every waiting run some rounds further. */
  async turn(): Promise<void> {
    for (const run of await this.#waiting()) await this.#advance(run);
  }

  async #advance({ id, round }: Waiting): Promise<void> {
    for (let next = round + 1; next <= round + ROUNDS_A_TURN; next += 1) {
      const released = await this.rounds.execute(id, next, new Uint8Array());
      if (released.ok && released.value.run.state === 'training') continue;
      // Paused, ended or completed meanwhile: the next look tells. A worker that failed is tried at the next turn.
      if (!released.ok)
        this.logger.info({ run: id, code: released.error.code }, 'A training run was not taken further');
      return;
    }
  }

  #waiting(): Promise<Waiting[]> {
    return this.database.withClient(async (client) => {
      const { rows } = await client.query<Waiting>(
        `SELECT id, round FROM training_runs
         WHERE state IN ('budget_reserved', 'training') AND plan->>'mode' = 'code_in' ORDER BY changed_at LIMIT $1`,
        [RUNS_A_TURN],
      );
      return rows;
    });
  }
}
