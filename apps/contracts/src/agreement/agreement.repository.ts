import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { HeldRows } from '../database/held-rows.js';
import { AgreementHeadRow } from './agreement.entity.js';
import type { Agreement, AgreementOutcome, AgreementStatus } from './agreement.js';
import { APPEND, HEAD, RESCHEDULE, SIGNATURES, TEXT, WRITE_TEXT } from './agreement.statements.js';
import { dueAt, type Circumstances } from './agreement-time.js';

/** Loads agreements and continues their history; what is written stays as it is. */
@Injectable()
export class AgreementRepository {
  readonly #held = new HeldRows<Agreement>();
  /** When each is due, as it is written down: most looks at one leave that as it is. */
  readonly #due = new HeldRows<{ readonly at: Date | null }>();

  /**
   * The agreement, kept from going on under the caller's feet until the transaction ends. The one it is to supersede is
   * held first: whoever holds two of a chain holds the older one first, so two never wait for each other in a ring.
   */
  async load(tx: Tx, id: string): Promise<Agreement | null> {
    return (await this.#held.once(tx, id, () => this.#read(tx, id))) ?? null;
  }

  async statusOf(tx: Tx, id: string): Promise<AgreementStatus | null> {
    const head = await tx.manager.findOneBy(AgreementHeadRow, { agreementId: id });
    return head === null ? null : head.status;
  }

  /** Writes the text and the first steps of an agreement. */
  async insert(tx: Tx, outcome: AgreementOutcome): Promise<void> {
    await WRITE_TEXT.count(tx, textOf(outcome.agreement));
    await this.append(tx, outcome);
  }

  /** Adds what a command did; the head follows. */
  async append(tx: Tx, { agreement, steps, signature }: AgreementOutcome): Promise<void> {
    this.#held.of(tx).set(agreement.id, agreement);
    const lines = steps.map(({ by, ...step }) => ({
      ...step,
      bySubject: by?.subject ?? null,
      byOrganisation: by?.organisationId ?? null,
    }));
    const { status, step, holds, notices, inForceSince, successorId } = agreement;
    const due = dueAt(agreement);
    this.#due.of(tx).set(agreement.id, { at: due });
    await APPEND.count(tx, [
      ...[agreement.id, JSON.stringify(lines), JSON.stringify(signature === null ? [] : [signature])],
      ...[status, step, JSON.stringify(holds), JSON.stringify(notices), inForceSince, successorId, due],
    ]);
  }

  /** Notes which text is to take an agreement's place; null when that came to nothing. */
  async nameSuccessor(tx: Tx, agreement: Agreement, successorId: string | null): Promise<void> {
    const named = { ...agreement, successorId };
    this.#held.of(tx).set(agreement.id, named);
    this.#due.of(tx).delete(agreement.id);
    await tx.manager.update(AgreementHeadRow, { agreementId: agreement.id }, { successorId, dueAt: dueAt(named) });
  }

  /** Sets when time is to look at it next, after what it depends on came or went. */
  async reschedule(tx: Tx, agreement: Agreement, circumstances: Circumstances): Promise<void> {
    const at = dueAt(agreement, circumstances);
    const written = this.#due.of(tx).get(agreement.id);
    if (written !== undefined && written.at?.getTime() === at?.getTime()) return;
    this.#due.of(tx).set(agreement.id, { at });
    await RESCHEDULE.count(tx, [agreement.id, at]);
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
    for (const { id } of rows) this.#due.of(tx).set(id, { at });
    return rows
      .map(({ id }) => id)
      .sort()
      .slice(0, limit);
  }

  async #read(tx: Tx, id: string): Promise<Agreement | undefined> {
    const [text] = await TEXT.rows(tx, [id]);
    if (text === undefined) return undefined;
    if (text.supersedes !== null) await HEAD.rows(tx, [text.supersedes.agreementId]);
    const [head] = await HEAD.rows(tx, [id]);
    if (head === undefined) return undefined;
    const { status, step, holds, notices, inForceSince, successorId, dueAt: at } = head;
    this.#due.of(tx).set(id, { at });
    const signatures = await SIGNATURES.rows(tx, [id]);
    return { ...text, status, step, signatures, holds, notices, inForceSince, successorId };
  }
}

/** In the order of the columns. */
function textOf(text: Agreement): unknown[] {
  return [
    ...[text.id, text.requestId, text.offerId, text.productId, text.productVersion, text.merchantId, text.buyerId],
    ...[text.channelPartnerId, JSON.stringify(text.plan), text.timeZone, JSON.stringify(text.policy)],
    ...[json(text.quota), text.purpose, text.placeOfUse, json(text.release), text.effectiveFrom, text.effectiveUntil],
    ...[text.noticeDays, json(text.renewal), json(text.supersedes), text.signBy, JSON.stringify(text.document)],
    ...[text.documentHash, text.draftedAt],
  ];
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
