import { createHash } from 'node:crypto';
import { err, newId, ok, type Clock, type Currency, type Result } from '@hetao/kernel';
import { UnitOfWork, type Database, type Tx } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { BankAccount } from '../agreement/agreement.js';
import { buildPain001, fitsAmount } from './pain001.js';
import { payoutErrors, type PayoutError } from './payout.errors.js';

/** What the bank is to be told. */
export interface PaymentFileOrder {
  readonly currency: Currency;
  /** The exchange's own account that is debited. */
  readonly debtor: BankAccount;
  /** Calendar date. */
  readonly executionDate: string;
  readonly madeBy: string;
}

/** A file that was made. */
export interface MadeFile {
  readonly fileId: string;
  readonly messageId: string;
  readonly currency: Currency;
  readonly executionDate: string;
  readonly payments: number;
  readonly totalMinor: bigint;
  readonly sha256: string;
  readonly madeAt: Date;
  readonly bankStatus: string | null;
}

/** Payments a file: banks take more, but a person can still look through these. */
const MAX_PAYMENTS = 10_000;

const WAITING = `
  SELECT * FROM (
    SELECT 'payout' AS kind, p.payout_id AS id, p.end_to_end_id, p.amount_minor, p.bank_account, 'Settlement ' || p.period AS text
      FROM payouts p WHERE p.state = 'instructed' AND p.currency = $1
    UNION ALL
    SELECT 'refund', r.refund_id, r.end_to_end_id, r.amount_minor, r.bank_account, 'Refund'
      FROM bank_refunds r WHERE r.state = 'instructed' AND r.currency = $1) w
   WHERE NOT EXISTS (SELECT 1 FROM payment_file_items i WHERE i.item_kind = w.kind AND i.item_id = w.id)
   ORDER BY id LIMIT ${MAX_PAYMENTS}`;

interface WaitingRow {
  readonly kind: 'payout' | 'refund';
  readonly id: string;
  readonly end_to_end_id: string;
  readonly amount_minor: string;
  readonly bank_account: BankAccount;
  readonly text: string;
}

/** Files of payments for the bank: each payment stands in one of them, ever. */
@Injectable()
export class PaymentFiles {
  readonly #uow: UnitOfWork;
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#database = database;
    this.#clock = clock;
  }

  /** Makes a file of everything instructed in the currency that is in no file yet; PAYMENTS_NONE when there is nothing. */
  make(order: PaymentFileOrder): Promise<Result<MadeFile, PayoutError>> {
    return this.#uow.runResult(async (tx): Promise<Result<MadeFile, PayoutError>> => {
      // Two files at once would both take what waits, and the second fail at the end.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.payment_files', 0))`);
      const waiting = await tx.query<WaitingRow>(WAITING, [order.currency]);
      if (waiting.length === 0)
        return err(payoutErrors.PAYMENTS_NONE(`No payment in ${order.currency} waits for a file.`));
      const totalMinor = waiting.reduce((sum, row) => sum + BigInt(row.amount_minor), 0n);
      if (!fitsAmount(totalMinor, order.currency)) {
        return err(
          payoutErrors.PAYMENT_TOO_LARGE(`The payments in ${order.currency} come to ${totalMinor} minor units.`),
        );
      }
      return ok(await this.#keep(tx, order, waiting, totalMinor));
    });
  }

  async find(fileId: string): Promise<Result<MadeFile, PayoutError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<FileRow>(`SELECT ${COLUMNS} FROM payment_files WHERE file_id = $1`, [fileId]),
    );
    const [row] = rows;
    return row === undefined ? err(unknown(fileId)) : ok(toFile(row));
  }

  /** The file as the bank gets it. */
  async xml(fileId: string): Promise<Result<string, PayoutError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ xml: string }>('SELECT xml FROM payment_files WHERE file_id = $1', [fileId]),
    );
    const [row] = rows;
    return row === undefined ? err(unknown(fileId)) : ok(row.xml);
  }

  async #keep(tx: Tx, order: PaymentFileOrder, waiting: readonly WaitingRow[], totalMinor: bigint): Promise<MadeFile> {
    const fileId = newId('pmf');
    const messageId = fileId.replace('_', '').toUpperCase();
    const madeAt = this.#clock.now();
    const { currency, debtor, executionDate, madeBy } = order;
    const transfers = waiting.map((row) => ({
      endToEndId: row.end_to_end_id,
      amountMinor: BigInt(row.amount_minor),
      creditor: row.bank_account,
      remittance: row.text,
    }));
    const xml = buildPain001({ messageId, createdAt: madeAt, debtor, currency, executionDate, transfers });
    const sha256 = createHash('sha256').update(xml).digest('hex');
    await tx.execute(
      `INSERT INTO payment_files (file_id, message_id, currency, debtor, execution_date, payments, total_minor, sha256, xml, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[fileId, messageId, currency, JSON.stringify(debtor), executionDate, waiting.length, totalMinor.toString()],
        ...[sha256, xml, madeBy, madeAt],
      ],
    );
    await tx.execute(
      `INSERT INTO payment_file_items (item_kind, item_id, file_id) SELECT k, i, $3 FROM unnest($1::text[], $2::text[]) AS w(k, i)`,
      [waiting.map(({ kind }) => kind), waiting.map(({ id }) => id), fileId],
    );
    return {
      fileId,
      messageId,
      currency,
      executionDate,
      payments: waiting.length,
      totalMinor,
      sha256,
      madeAt,
      bankStatus: null,
    };
  }
}

const COLUMNS = 'file_id, message_id, currency, execution_date, payments, total_minor, sha256, made_at, bank_status';

interface FileRow {
  readonly file_id: string;
  readonly message_id: string;
  readonly currency: Currency;
  readonly execution_date: string;
  readonly payments: number;
  readonly total_minor: string;
  readonly sha256: string;
  readonly made_at: Date;
  readonly bank_status: string | null;
}

function toFile(row: FileRow): MadeFile {
  return {
    fileId: row.file_id,
    messageId: row.message_id,
    currency: row.currency,
    executionDate: row.execution_date,
    payments: row.payments,
    totalMinor: BigInt(row.total_minor),
    sha256: row.sha256,
    madeAt: row.made_at,
    bankStatus: row.bank_status,
  };
}

function unknown(fileId: string): PayoutError {
  return payoutErrors.PAYMENT_FILE_NOT_FOUND(`There is no payment file ${fileId}.`);
}
