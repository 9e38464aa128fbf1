import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { InvoiceBook } from '../invoice/invoice.book.js';
import type { InvoiceError } from '../invoice/invoice.errors.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { differencePosting } from '../matching/difference.postings.js';
import { exceptionErrors, type ExceptionError } from './exception.errors.js';

/** Who undoes a match, and why. */
export interface Unmatching {
  readonly groupId: string;
  readonly reason: string;
  readonly by: string;
}

interface GroupRow {
  readonly difference_minor: string;
  readonly difference_kind: 'bank_fee' | 'rounding' | null;
  readonly currency: string;
  readonly ended_at: Date | null;
}

interface EdgeRow {
  readonly line_id: string;
  readonly item_kind: string;
  readonly item_id: string;
  readonly side: 'credit' | 'debit';
  readonly period: string | null;
  readonly closed: boolean;
}

/** Undoes matches: each by a reversal of its own. Nothing is removed, and the lines wait for a person again. */
@Injectable()
export class Unmatch {
  readonly #uow: UnitOfWork;
  readonly #invoices: InvoiceBook;
  readonly #ledger: LedgerRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, invoices: InvoiceBook, ledger: LedgerRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#invoices = invoices;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** MATCH_NOT_REVERSIBLE for one that is undone, closed, or of a payout that came back. */
  execute(unmatching: Unmatching): Promise<Result<void, ExceptionError | InvoiceError | LedgerError>> {
    return this.#uow.runResult((tx) => this.#run(tx, unmatching));
  }

  async #run(
    tx: Tx,
    { groupId, reason, by }: Unmatching,
  ): Promise<Result<void, ExceptionError | InvoiceError | LedgerError>> {
    const [group] = await tx.query<GroupRow>(
      'SELECT difference_minor, difference_kind, currency, ended_at FROM match_groups WHERE group_id = $1 FOR UPDATE',
      [groupId],
    );
    if (group === undefined) return err(exceptionErrors.MATCH_NOT_FOUND(`There is no match ${groupId}.`));
    const edges = await tx.query<EdgeRow>(EDGES, [groupId]);
    const fault = faultOf(groupId, group, edges);
    if (fault !== undefined) return err(fault);
    const now = this.#clock.now();
    const undone = await this.#reverse(tx, groupId, group, edges);
    if (!undone.ok) return undone;
    await tx.execute('UPDATE match_groups SET ended_at = $2, ended_by = $3, end_reason = $4 WHERE group_id = $1', [
      ...[groupId, now, by, reason],
    ]);
    await tx.execute('UPDATE match_members SET ended_at = $2 WHERE group_id = $1', [groupId, now]);
    await tx.execute('UPDATE bank_matches SET ended_at = $2 WHERE group_id = $1', [groupId, now]);
    await reopenLines(tx, edges, reason, now);
    return ok(undefined);
  }

  async #reverse(
    tx: Tx,
    groupId: string,
    group: GroupRow,
    edges: readonly EdgeRow[],
  ): Promise<Result<void, InvoiceError | LedgerError>> {
    const effectiveAt = this.#clock.now();
    for (const { line_id: statementLineId, item_kind: kind, item_id: itemId } of edges) {
      if (kind === 'payout') {
        await tx.execute(
          `UPDATE payouts SET state = 'instructed', settled_at = NULL WHERE payout_id = $1 AND state = 'settled'`,
          [itemId],
        );
      } else if (kind === 'refund') {
        await tx.execute(`UPDATE bank_refunds SET state = 'instructed', settled_at = NULL WHERE refund_id = $1`, [
          itemId,
        ]);
      } else {
        // Read again for each: the reversal before it changed what is outstanding.
        const [invoice] = await this.#invoices.lockByReference(tx, [itemId]);
        if (invoice === undefined) continue;
        const reversed = await this.#invoices.reversePayment(tx, { invoice, statementLineId, effectiveAt });
        if (!reversed.ok) return reversed;
      }
    }
    const [edge] = edges;
    if (edge === undefined || group.difference_kind === null) return ok(undefined);
    const posted = await this.#ledger.post(
      tx,
      differencePosting({
        key: `difference_reversed:${groupId}`,
        kind: group.difference_kind,
        side: edge.side,
        differenceMinor: -BigInt(group.difference_minor),
        currency: group.currency,
        period: edge.period,
        effectiveAt,
        reference: { kind: 'match', id: groupId },
      }),
    );
    return posted.ok ? ok(undefined) : posted;
  }
}

const EDGES = `
  SELECT m.line_id, m.item_kind, m.item_id, l.side, m.period, coalesce(s.closed_at IS NOT NULL, false) AS closed
    FROM bank_matches m JOIN bank_statement_lines l USING (line_id) LEFT JOIN settlement_periods s ON s.period = m.period
   WHERE m.group_id = $1 AND m.ended_at IS NULL ORDER BY m.item_id, m.line_id FOR UPDATE OF m, l`;

function faultOf(
  groupId: string,
  { ended_at: endedAt }: GroupRow,
  edges: readonly EdgeRow[],
): ExceptionError | undefined {
  const refuse = (why: string): ExceptionError => exceptionErrors.MATCH_NOT_REVERSIBLE(`Match ${groupId} ${why}.`);
  if (endedAt !== null) return refuse(`was undone at ${endedAt.toISOString()}`);
  if (edges.some(({ item_kind: kind }) => kind === 'payout_return')) return refuse('is of a payout that came back');
  if (edges.some(({ item_kind: kind }) => kind === 'payment_reversal')) return refuse('is of a payment taken back');
  const closed = edges.find((edge) => edge.closed);
  return closed === undefined ? undefined : refuse(`is in the books of ${closed.period}, which is closed`);
}

async function reopenLines(tx: Tx, edges: readonly EdgeRow[], reason: string, now: Date): Promise<void> {
  const lines = [...new Map(edges.map((edge) => [edge.line_id, edge])).values()];
  for (const { line_id: lineId, item_kind: kind, item_id: itemId, period } of lines) {
    await tx.execute(
      `INSERT INTO match_exceptions (exception_id, line_id, reason, detail, item_kind, item_id, period, opened_at, due_at)
       VALUES ($1, $2, 'UNMATCHED', $3, $4, $5, $6, $7, $7::timestamptz + interval '1 day')`,
      [newId('exc'), lineId, `The match was undone: ${reason}`, kind, itemId, period, now],
    );
    await tx.execute(`UPDATE bank_statement_lines SET state = 'exception' WHERE line_id = $1`, [lineId]);
  }
}
