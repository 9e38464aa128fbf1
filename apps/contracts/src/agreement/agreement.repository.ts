import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { AgreementHeadRow, AgreementRow, AgreementSignatureRow, AgreementStepRow } from './agreement.entity.js';
import { dueAt, type Agreement, type AgreementOutcome, type Signature } from './agreement.js';

/** Loads agreements and continues their history; what is written stays as it is. */
@Injectable()
export class AgreementRepository {
  /** The agreement, kept from going on under the caller's feet until the transaction ends. */
  async load(tx: Tx, id: string): Promise<Agreement | null> {
    const lock = { mode: 'pessimistic_write' } as const;
    const head = await tx.manager.findOne(AgreementHeadRow, { where: { agreementId: id }, lock });
    const text = head && (await tx.manager.findOneBy(AgreementRow, { id }));
    if (head === null || text === null) return null;
    const rows = await tx.manager.find(AgreementSignatureRow, {
      where: { agreementId: id },
      order: { signedAt: 'ASC', party: 'DESC' },
    });
    return { ...text, status: head.status, step: head.step, signatures: rows.map(signatureFrom) };
  }

  /** Writes the text and the first step of an agreement. */
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
    const { status, step } = agreement;
    await tx.manager.upsert(AgreementHeadRow, { agreementId, status, step, dueAt: dueAt(agreement) }, ['agreementId']);
  }

  /** Sets when time is to look at it next, after its release came or went. */
  async reschedule(tx: Tx, agreement: Agreement, released: boolean): Promise<void> {
    await tx.manager.update(AgreementHeadRow, { agreementId: agreement.id }, { dueAt: dueAt(agreement, released) });
  }
}

function signatureFrom(row: AgreementSignatureRow): Signature {
  const { party, subject, displayName, organisationId, documentHash, signedAt } = row;
  return { party, subject, displayName, organisationId, documentHash, signedAt };
}

function textOf({ status: _status, step: _step, signatures: _signatures, ...text }: Agreement): AgreementRow {
  return text;
}
