import { createHash } from 'node:crypto';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { LedgerError } from '../ledger/ledger.errors.js';
import type { StatementError } from '../statement/statement.errors.js';
import { parsePain002, type StatusReport } from './pain002.parser.js';
import { PayoutEnding } from './payout.ending.js';
import { payoutErrors, type PayoutError } from './payout.errors.js';

/** What a report came to. A report that is read again comes to the same. */
export interface ReportOutcome {
  readonly originalMessageId: string;
  /** Payouts that are owed again by this report. */
  readonly rejected: number;
  /** Rejections of payouts that were over before, and of refunds, which a person sees to. */
  readonly ignored: number;
  readonly accepted: number;
}

const REJECTED = 'RJCT';

/** Takes in what the bank says about a payment file: what it refuses is owed again, once. */
@Injectable()
export class TakeStatusReport {
  readonly #uow: UnitOfWork;
  readonly #endings: PayoutEnding;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, endings: PayoutEnding, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#endings = endings;
    this.#clock = clock;
  }

  async execute(
    bytes: Uint8Array,
    receivedBy: string,
  ): Promise<Result<ReportOutcome, StatementError | PayoutError | LedgerError>> {
    const parsed = parsePain002(bytes);
    if (!parsed.ok) return parsed;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return this.#uow.runResult((tx) => this.#take(tx, parsed.value, { sha256, receivedBy }));
  }

  async #take(
    tx: Tx,
    report: StatusReport,
    { sha256, receivedBy }: { readonly sha256: string; readonly receivedBy: string },
  ): Promise<Result<ReportOutcome, PayoutError | LedgerError>> {
    const [file] = await tx.query<{ file_id: string }>(
      'SELECT file_id FROM payment_files WHERE message_id = $1 FOR UPDATE',
      [report.originalMessageId],
    );
    if (file === undefined) {
      return err(
        payoutErrors.STATUS_REPORT_INVALID(`We sent no payment file "${report.originalMessageId.slice(0, 60)}".`),
      );
    }
    const [before] = await tx.query<{ outcome: ReportOutcome }>(
      'SELECT outcome FROM payment_status_reports WHERE sha256 = $1',
      [sha256],
    );
    if (before !== undefined) return ok(before.outcome);
    const refused = await this.#refusedBy(tx, file.file_id, report);
    let rejected = 0;
    for (const { payoutId, reason } of refused) {
      const ended = await this.#endings.rejected(tx, { payoutId, reason, effectiveAt: this.#clock.now() });
      if (!ended.ok) return ended;
      if (ended.value !== null) rejected += 1;
    }
    const accepted = report.payments.filter(({ status }) => status !== REJECTED).length;
    const outcome = {
      originalMessageId: report.originalMessageId,
      rejected,
      ignored: refused.length - rejected,
      accepted,
    };
    await tx.execute(
      `INSERT INTO payment_status_reports (sha256, message_id, original_message_id, received_by, received_at, outcome)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [sha256, report.messageId, report.originalMessageId, receivedBy, this.#clock.now(), JSON.stringify(outcome)],
    );
    await tx.execute('UPDATE payment_files SET bank_status = coalesce($2, bank_status) WHERE file_id = $1', [
      file.file_id,
      report.groupStatus,
    ]);
    return ok(outcome);
  }

  /** The payouts of the file that the report refuses: named ones, or all of them. */
  async #refusedBy(
    tx: Tx,
    fileId: string,
    report: StatusReport,
  ): Promise<readonly { payoutId: string; reason: string }[]> {
    const named = new Map(
      report.payments.filter(({ status }) => status === REJECTED).map((one) => [one.endToEndId, one.reason]),
    );
    const all = report.groupStatus === REJECTED;
    const rows = await tx.query<{ payout_id: string; end_to_end_id: string }>(
      `SELECT p.payout_id, p.end_to_end_id FROM payment_file_items i JOIN payouts p ON i.item_kind = 'payout' AND p.payout_id = i.item_id
        WHERE i.file_id = $1 AND ($2 OR p.end_to_end_id = ANY($3)) ORDER BY p.payout_id`,
      [fileId, all, [...named.keys()]],
    );
    return rows.map(({ payout_id: payoutId, end_to_end_id: reference }) => ({
      payoutId,
      reason: named.get(reference) ?? report.groupReason ?? REJECTED,
    }));
  }
}
