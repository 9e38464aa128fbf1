import { Inject, Injectable } from '@nestjs/common';
import { type Clock, err, ok, type Result } from '@hetao/kernel';
import { type Tx, UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { mayDecide } from './correction.js';
import { correctionErrors, type CorrectionError } from './correction.errors.js';
import { type Correction, CorrectionRepository } from './correction.repository.js';
import { ApplyCorrection } from './apply-correction.use-cases.js';

export interface Decision {
  readonly correctionId: string;
  readonly isApproved: boolean;
  readonly by: string;
  readonly reason: string | null;
}

/** The second pair of eyes. */
@Injectable()
export class DecideCorrection {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly corrections: CorrectionRepository,
    private readonly applying: ApplyCorrection,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(decision: Decision): Promise<Result<Correction, CorrectionError>> {
    return this.uow.runResult((tx) => this.#decide(tx, decision));
  }

  async #decide(tx: Tx, decision: Decision): Promise<Result<Correction, CorrectionError>> {
    const { correctionId, isApproved, by, reason } = decision;
    const known = await this.corrections.find(tx.client, correctionId);
    if (!known) return err(correctionErrors.CORRECTION_UNKNOWN(`There is no correction ${correctionId}.`));
    await this.corrections.lockAgreement(tx, known.agreementId);
    // Read again under the lock: somebody else may have decided while this one waited.
    const correction = (await this.corrections.find(tx.client, correctionId)) ?? known;
    // Deciding the same again is no mistake: the answer was lost on its way.
    const wanted = isApproved ? 'applied' : 'rejected';
    if (correction.state === wanted && correction.decidedBy === by) return ok(correction);
    const allowed = mayDecide(correction, by);
    if (!allowed.ok) return allowed;
    const at = this.clock.now();
    await this.corrections.decide(tx, correctionId, { state: wanted, by, at, reason });
    const decided = { ...correction, decidedBy: by, decidedAt: at, decisionReason: reason };
    if (!isApproved) return ok({ ...decided, state: 'rejected' });
    const effects = await this.applying.execute(tx, correction, at);
    return effects.ok ? ok({ ...decided, state: 'applied', effects: effects.value }) : effects;
  }
}
