import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { AgreementHeadRow, AgreementRow, AgreementSignatureRow, AgreementStepRow } from './agreement.entity.js';
import type { Agreement, AgreementOutcome, AgreementStatus, Signature } from './agreement.js';
import type { AgreementDocument } from './agreement-text.js';
import { dueAt, type Circumstances } from './agreement-time.js';

/** Loads agreements and continues their history; what is written stays as it is. */
@Injectable()
export class AgreementRepository {
  /**
   * The agreement, kept from going on under the caller's feet until the transaction ends. The one it is to supersede is
   * held first: whoever holds two of a chain holds the older one first, so two never wait for each other in a ring.
   */
  async load(tx: Tx, id: string): Promise<Agreement | null> {
    const text = await tx.manager.findOneBy(AgreementRow, { id });
    if (text === null) return null;
    if (text.supersedes !== null) await this.#lock(tx, text.supersedes.agreementId);
    const head = await this.#lock(tx, id);
    if (head === null) return null;
    const rows = await tx.manager.find(AgreementSignatureRow, {
      where: { agreementId: id },
      order: { signedAt: 'ASC', party: 'DESC' },
    });
    const { status, step, holds, notices, inForceSince, successorId } = head;
    const signatures = rows.map(signatureFrom);
    const document = text.document as AgreementDocument;
    return { ...text, document, status, step, signatures, holds, notices, inForceSince, successorId };
  }

  async statusOf(tx: Tx, id: string): Promise<AgreementStatus | null> {
    const head = await tx.manager.findOneBy(AgreementHeadRow, { agreementId: id });
    return head === null ? null : head.status;
  }

  /** Writes the text and the first steps of an agreement. */
  async insert(tx: Tx, outcome: AgreementOutcome): Promise<void> {
    await tx.manager.insert(AgreementRow, textOf(outcome.agreement));
    await this.append(tx, outcome);
  }

  /** Adds what a command did; the head follows. */
  async append(tx: Tx, { agreement, steps, signature }: AgreementOutcome): Promise<void> {
    const agreementId = agreement.id;
    const lines = steps.map(({ by, ...step }) => ({
      ...step,
      agreementId,
      bySubject: by?.subject ?? null,
      byOrganisation: by?.organisationId ?? null,
    }));
    await tx.manager.insert(AgreementStepRow, lines);
    if (signature !== null) await tx.manager.insert(AgreementSignatureRow, { ...signature, agreementId });
    const { status, step, holds, notices, inForceSince, successorId } = agreement;
    await tx.manager.upsert(
      AgreementHeadRow,
      { agreementId, status, step, holds, notices, inForceSince, successorId, dueAt: dueAt(agreement) },
      ['agreementId'],
    );
  }

  /** Notes which text is to take an agreement's place; null when that came to nothing. */
  async nameSuccessor(tx: Tx, agreement: Agreement, successorId: string | null): Promise<void> {
    const named = { ...agreement, successorId };
    await tx.manager.update(AgreementHeadRow, { agreementId: agreement.id }, { successorId, dueAt: dueAt(named) });
  }

  /** Sets when time is to look at it next, after what it depends on came or went. */
  async reschedule(tx: Tx, agreement: Agreement, circumstances: Circumstances): Promise<void> {
    const due = dueAt(agreement, circumstances);
    await tx.manager.update(AgreementHeadRow, { agreementId: agreement.id }, { dueAt: due });
  }

  /**
   * Agreements of an organisation that bind: they are due to be looked at now. Oldest first.
   *
   * @returns the first `limit` of them; the sweep finds the others.
   */
  async makeDue(tx: Tx, organisationId: string, at: Date, limit: number): Promise<readonly string[]> {
    const rows = await tx.query<{ id: string }>(
      `UPDATE agreement_heads SET due_at = $2 WHERE agreement_id IN (
         SELECT h.agreement_id FROM agreement_heads h JOIN agreements a ON a.id = h.agreement_id
          WHERE (a.merchant_id = $1 OR a.buyer_id = $1) AND h.status IN ('concluded', 'in_force', 'suspended')
          ORDER BY h.agreement_id FOR UPDATE OF h)
       RETURNING agreement_id AS id`,
      [organisationId, at],
    );
    return rows
      .map(({ id }) => id)
      .sort()
      .slice(0, limit);
  }

  #lock(tx: Tx, agreementId: string): Promise<AgreementHeadRow | null> {
    return tx.manager.findOne(AgreementHeadRow, { where: { agreementId }, lock: { mode: 'pessimistic_write' } });
  }
}

function signatureFrom(row: AgreementSignatureRow): Signature {
  const { party, subject, displayName, organisationId, documentHash, signedAt } = row;
  return { party, subject, displayName, organisationId, documentHash, signedAt };
}

function textOf({
  status: _status,
  step: _step,
  signatures: _signatures,
  holds: _holds,
  notices: _notices,
  inForceSince: _inForceSince,
  successorId: _successorId,
  ...text
}: Agreement): AgreementRow {
  return text;
}
