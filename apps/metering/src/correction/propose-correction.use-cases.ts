import { Inject, Injectable } from '@nestjs/common';
import { type Clock, err, newId, type Result } from '@hetao/kernel';
import { type Tx, UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { type Change, type CorrectionItem, joinItems, kindOf, revertingItems } from './correction.js';
import { correctionErrors, type CorrectionError } from './correction.errors.js';
import { type Correction, CorrectionRepository } from './correction.repository.js';
import { EventStateRepository } from './event-state.repository.js';
import { MeasureCorrection } from './measure-correction.use-cases.js';

export interface CorrectionProposal {
  readonly agreementId: string;
  readonly reason: string;
  readonly items: readonly CorrectionItem[];
  readonly proposedBy: string;
}

/** Proposes a correction and foresees what it changes, by making it and taking it back before anybody sees it. */
@Injectable()
export class ProposeCorrection {
  constructor(
    private readonly corrections: CorrectionRepository,
    private readonly events: EventStateRepository,
    private readonly measuring: MeasureCorrection,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(tx: Tx, proposal: CorrectionProposal): Promise<Result<Correction, CorrectionError>> {
    const { agreementId, items } = proposal;
    await this.corrections.lockAgreement(tx, agreementId);
    const changes = joinItems(items, await this.events.find(tx, agreementId, items));
    if (!changes.ok) return changes;
    return this.#propose(tx, proposal, changes.value, null);
  }

  /** Proposes to take an applied correction back. */
  async revert(
    tx: Tx,
    original: Correction,
    { reason, proposedBy }: Pick<CorrectionProposal, 'reason' | 'proposedBy'>,
  ): Promise<Result<Correction, CorrectionError>> {
    const { correctionId, agreementId, state, kind } = original;
    await this.corrections.lockAgreement(tx, agreementId);
    if (state !== 'applied' || kind === 'late' || (await this.corrections.isBeingReverted(tx, correctionId))) {
      const detail = `Correction ${correctionId} is ${kind === 'late' ? 'of late usage' : `${state}, or is being reverted`}.`;
      return err(correctionErrors.CORRECTION_DECIDED(detail));
    }
    const items = revertingItems(original.changes.map(({ before }) => before));
    const changes = joinItems(items, await this.events.find(tx, agreementId, items));
    if (!changes.ok) return changes;
    const isStale = changes.value.some(
      ({ before }, at) => before.revision !== (original.changes[at]?.before.revision ?? 0) + 1,
    );
    if (isStale) return err(correctionErrors.CORRECTION_STALE(`Events of ${correctionId} were corrected again since.`));
    return this.#propose(tx, { agreementId, reason, items, proposedBy }, changes.value, correctionId);
  }

  async #propose(
    tx: Tx,
    { agreementId, reason, items, proposedBy }: CorrectionProposal,
    changes: readonly Change[],
    revertsId: string | null,
  ): Promise<Result<Correction, CorrectionError>> {
    const correction: Correction = {
      correctionId: newId('cor'),
      agreementId,
      kind: revertsId === null ? kindOf(items) : 'revert',
      state: 'proposed',
      reason,
      changes,
      effects: [],
      revertsId,
      proposedBy,
      proposedAt: this.clock.now(),
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
    };
    await this.corrections.add(tx, correction);
    await tx.execute('SAVEPOINT foresight');
    const measured = await this.measuring.execute(tx, agreementId, correction.correctionId, changes);
    await tx.execute('ROLLBACK TO SAVEPOINT foresight');
    if (!measured.ok) return measured;
    await this.corrections.setEffects(tx, correction.correctionId, measured.value.effects);
    return { ok: true, value: { ...correction, effects: measured.value.effects } };
  }
}

/** Runs proposals in transactions of their own. */
@Injectable()
export class CorrectionDesk {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly proposing: ProposeCorrection,
    private readonly corrections: CorrectionRepository,
  ) {}

  async propose(proposal: CorrectionProposal): Promise<Result<Correction, CorrectionError>> {
    return this.uow.runResult((tx) => this.proposing.execute(tx, proposal));
  }

  async proposeRevert(
    correctionId: string,
    by: Pick<CorrectionProposal, 'reason' | 'proposedBy'>,
  ): Promise<Result<Correction, CorrectionError>> {
    return this.uow.runResult(async (tx) => {
      const original = await this.corrections.find(tx.client, correctionId);
      if (original) return this.proposing.revert(tx, original, by);
      return err(correctionErrors.CORRECTION_UNKNOWN(`There is no correction ${correctionId}.`));
    });
  }
}
