import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Currency } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE, SERVICE_CONFIG } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { SettlementConfig } from '../settlement.config.js';
import type { JournalAccount, JournalFormat, JournalTransaction } from './journal.js';
import { journalWriter } from './journal.writer.js';

const PAGE = 1_000;
/** A reader that takes longer holds a snapshot of the whole database open. */
const LONGEST_MS = 10 * 60_000;

/** What is written: the whole ledger, or the transactions of one settlement period. */
export interface JournalRequest {
  readonly format: JournalFormat;
  readonly period: string | null;
}

/** Streams the ledger as a journal, all of it as of one moment. */
@Injectable()
export class JournalQueries {
  readonly #database: Database;
  readonly #zone: string;

  constructor(@Inject(DATABASE) database: Database, @Inject(SERVICE_CONFIG) config: SettlementConfig) {
    this.#database = database;
    this.#zone = config.LEGAL_TIME_ZONE;
  }

  /** The stream fails when the database does, or when its reader takes more than ten minutes. */
  stream(request: JournalRequest): Readable {
    const out = new PassThrough();
    this.#database
      .withClient((client) =>
        pipeline(Readable.from(piecesOf(client, this.#zone, request)), out, {
          signal: AbortSignal.timeout(LONGEST_MS),
        }),
      )
      .catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
    return out;
  }
}

async function* piecesOf(client: PoolClient, zone: string, request: JournalRequest): AsyncGenerator<string> {
  const writer = journalWriter(request.format);
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const span = await client.query<{ first: string | null; last: string | null }>(SPAN, [zone, request.period]);
    const { first, last } = span.rows[0] ?? { first: null, last: null };
    yield writer.head();
    for await (const account of accountsOf(client, request.period))
      yield writer.account(account, first ?? '1970-01-01');
    for await (const transaction of transactionsOf(client, zone, request.period)) yield writer.transaction(transaction);
    // Of one period there is no running balance to compare with.
    if (request.period !== null) return;
    for await (const account of accountsOf(client, null)) yield writer.balance(account, last ?? '1970-01-01');
  } finally {
    await client.query('ROLLBACK');
  }
}

const IN_PERIOD = `($2::text IS NULL OR t.transaction_no IN (SELECT transaction_no FROM ledger_transaction_periods WHERE period = $2))`;

const SPAN = `
  SELECT to_char(min(t.effective_at AT TIME ZONE $1), 'YYYY-MM-DD') AS first,
         to_char(max(t.effective_at AT TIME ZONE $1), 'YYYY-MM-DD') AS last
    FROM ledger_transactions t WHERE ${IN_PERIOD}`;

const ACCOUNTS = `
  SELECT a.account_no, a.owner, a.kind, a.currency, k.normal_side, h.balance_minor
    FROM ledger_accounts a JOIN ledger_account_kinds k USING (kind)
    LEFT JOIN LATERAL (SELECT balance_minor FROM ledger_entries e WHERE e.account_no = a.account_no
                        ORDER BY version DESC LIMIT 1) h ON true
   WHERE a.account_no > $1 AND ($2::text IS NULL OR EXISTS (
           SELECT 1 FROM ledger_entries e JOIN ledger_transaction_periods p USING (transaction_no)
            WHERE e.account_no = a.account_no AND p.period = $2))
   ORDER BY a.account_no LIMIT ${PAGE}`;

/** Of a bank line that is for several periods each has its part, as in the trial balance. */
const TRANSACTIONS = `
  SELECT t.transaction_no, t.transaction_id, t.movement, coalesce(t.period, $2) AS period, t.reference_kind, t.reference_id,
         t.recorded_at, to_char(t.effective_at AT TIME ZONE $1, 'YYYY-MM-DD') AS date,
         (SELECT json_agg(json_build_array(a.owner, a.kind, a.currency, k.normal_side,
                   coalesce(sign(e.amount_minor)::bigint * b.amount_minor, e.amount_minor)::text) ORDER BY e.leg)
            FROM ledger_entries e JOIN ledger_accounts a USING (account_no) JOIN ledger_account_kinds k USING (kind)
           WHERE e.transaction_no = t.transaction_no) AS legs
    FROM ledger_transactions t
    LEFT JOIN bank_line_amounts b ON $2::text IS NOT NULL AND b.period = $2 AND b.line_id = t.reference_id
     AND t.reference_kind = 'bank_line' AND t.period IS NULL
   WHERE ${IN_PERIOD} AND t.transaction_no > $3
   ORDER BY t.transaction_no LIMIT ${PAGE}`;

async function* accountsOf(client: PoolClient, period: string | null): AsyncGenerator<JournalAccount> {
  for (let last = '0'; ;) {
    const { rows } = await client.query<AccountRow>(ACCOUNTS, [last, period]);
    for (const row of rows) {
      const { owner, kind, currency, normal_side: normal } = row;
      yield { owner, kind, currency, normal, balanceMinor: BigInt(row.balance_minor ?? 0) };
    }
    const end = rows.at(-1);
    if (end === undefined || rows.length < PAGE) return;
    last = end.account_no;
  }
}

async function* transactionsOf(
  client: PoolClient,
  zone: string,
  period: string | null,
): AsyncGenerator<JournalTransaction> {
  for (let last = '0'; ;) {
    const { rows } = await client.query<TransactionRow>(TRANSACTIONS, [zone, period, last]);
    for (const row of rows) yield transactionOf(row);
    const end = rows.at(-1);
    if (end === undefined || rows.length < PAGE) return;
    last = end.transaction_no;
  }
}

interface AccountRow {
  readonly account_no: string;
  readonly owner: string;
  readonly kind: string;
  readonly currency: Currency;
  readonly normal_side: 'debit' | 'credit';
  readonly balance_minor: string | null;
}

interface TransactionRow {
  readonly transaction_no: string;
  readonly transaction_id: string;
  readonly movement: string;
  readonly period: string | null;
  readonly reference_kind: string;
  readonly reference_id: string;
  readonly recorded_at: Date;
  readonly date: string;
  readonly legs: readonly [string, string, Currency, 'debit' | 'credit', string][];
}

function transactionOf(row: TransactionRow): JournalTransaction {
  return {
    transactionId: row.transaction_id,
    movement: row.movement,
    period: row.period,
    referenceKind: row.reference_kind,
    referenceId: row.reference_id,
    date: row.date,
    recordedAt: row.recorded_at,
    legs: row.legs.map(([owner, kind, currency, normal, minor]) => ({
      owner,
      kind,
      currency,
      normal,
      amountMinor: BigInt(minor),
    })),
  };
}
