import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import type { CallerIdentity } from '@hetao/runtime';
import { ReleaseRound, type ReleasedRound, type RoundError } from './round.use-cases.js';
import type { HandshakeTerms, TrainingRun } from './training-run.js';
import { RunStore, type StoredRun } from './training-run.store.js';
import { GuideRun, type RunError } from './training-run.use-cases.js';
import { trainingErrors, type TrainingError } from './training.errors.js';

/** Mode B as the other side meets it. */
@Injectable()
export class CrossSides {
  constructor(
    private readonly runs: RunStore,
    private readonly guide: GuideRun,
    private readonly rounds: ReleaseRound,
  ) {}

  async terms(id: string, caller: CallerIdentity): Promise<Result<HandshakeTerms, RunError>> {
    const run = await this.runs.readFor(id, caller);
    return run === null ? unknown(id) : ok(await this.guide.terms(run));
  }

  async shake(id: string, theirs: HandshakeTerms, caller: CallerIdentity): Promise<Result<TrainingRun, RunError>> {
    const run = await this.#ours(id, caller);
    return run === null ? unknown(id) : this.guide.shake(id, theirs, caller);
  }

  /** @returns HANDSHAKE_MISMATCH when the weights are those of another architecture, else what a round answers. */
  async round(
    id: string,
    asked: { readonly round: number; readonly architectureHash: string; readonly frame: Uint8Array },
    caller: CallerIdentity,
  ): Promise<Result<ReleasedRound, RoundError>> {
    const run = await this.#ours(id, caller);
    if (run === null) return unknown(id);
    if (run.plan.mode !== 'split' || run.state === 'budget_reserved') {
      return err(trainingErrors.TRAINING_STATE_REFUSES(`${id} has no handshake: rounds cross after one, in mode B.`));
    }
    if (asked.architectureHash !== run.architectureHash) {
      return err(trainingErrors.HANDSHAKE_MISMATCH(`The architecture here is ${run.architectureHash}.`));
    }
    return this.rounds.execute(id, asked.round, asked.frame);
  }

  async #ours(id: string, caller: CallerIdentity): Promise<StoredRun | null> {
    const run = await this.runs.readFor(id, caller);
    return run?.organisationId === caller.organisationId ? run : null;
  }
}

function unknown(id: string): Result<never, TrainingError> {
  return err(trainingErrors.TRAINING_RUN_NOT_FOUND(`No training run ${id}.`));
}
