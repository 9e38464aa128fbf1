import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { AgreementParty } from '../agreement/agreement-state.js';
import { DisputeRow, DisputeStepRow } from './dispute.entity.js';
import type { Dispute, DisputeOutcome } from './dispute.js';

/** Loads disputes and continues their history; what was said stays as it is. */
@Injectable()
export class DisputeRepository {
  /** The dispute, kept from going on under the caller's feet until the transaction ends. */
  load(tx: Tx, id: string): Promise<Dispute | null> {
    return tx.manager.findOne(DisputeRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** The open dispute of one side about an agreement. The agreement is held by then, so nobody opens a second one. */
  async openOf(tx: Tx, agreementId: string, openedBy: AgreementParty): Promise<string | null> {
    const [open] = await tx.query<{ id: string }>(
      'SELECT id FROM agreement_disputes WHERE agreement_id = $1 AND opened_by_party = $2 AND closed_at IS NULL',
      [agreementId, openedBy],
    );
    return open?.id ?? null;
  }

  async insert(tx: Tx, outcome: DisputeOutcome): Promise<void> {
    await tx.manager.insert(DisputeRow, outcome.dispute);
    await this.#addStep(tx, outcome);
  }

  async append(tx: Tx, outcome: DisputeOutcome): Promise<void> {
    const { id, status, step, proposal, remedy, closedAt } = outcome.dispute;
    await tx.manager.update(DisputeRow, { id }, { status, step, proposal, remedy, closedAt });
    await this.#addStep(tx, outcome);
  }

  async #addStep(tx: Tx, { dispute, step: { by, evidence, ...step } }: DisputeOutcome): Promise<void> {
    await tx.manager.insert(DisputeStepRow, {
      ...step,
      disputeId: dispute.id,
      bySubject: by.subject,
      byOrganisation: by.organisationId,
      evidence: [...evidence],
    });
  }
}
