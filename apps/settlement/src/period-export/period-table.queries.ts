import { err, ok, type Currency, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { periodExportErrors, type PeriodExportError } from './period-export.errors.js';
import { amountOf, type Table } from './table.js';

/** The tables of a period, as paths name them. */
export const tableNames = ['trial-balance', 'invoices', 'payouts'] as const;
export type TableName = (typeof tableNames)[number];

interface Source {
  readonly columns: readonly string[];
  /** Columns of minor units; each row says its currency in `currency`. */
  readonly money: readonly string[];
  readonly sql: string;
}

const sources: Readonly<Record<TableName, Source>> = {
  'trial-balance': {
    columns: ['kind', 'currency', 'debit', 'credit', 'balance'],
    money: ['debit', 'credit', 'balance'],
    sql: `SELECT a.kind, a.currency, coalesce(sum(e.amount_minor) FILTER (WHERE e.amount_minor > 0), 0)::text AS debit,
                 coalesce(-sum(e.amount_minor) FILTER (WHERE e.amount_minor < 0), 0)::text AS credit, sum(e.amount_minor)::text AS balance
            FROM ledger_period_entries e JOIN ledger_accounts a USING (account_no)
           WHERE e.period = $1 GROUP BY a.kind, a.currency ORDER BY a.currency, a.kind LIMIT $2`,
  },
  invoices: {
    columns: [
      'number',
      'agreement_id',
      'merchant_id',
      'buyer_id',
      'state',
      'currency',
      'net',
      'tax',
      'gross',
      'paid',
      'credited',
    ],
    money: ['net', 'tax', 'gross', 'paid', 'credited'],
    sql: `SELECT number, agreement_id, merchant_id, buyer_id, state, currency, net_minor::text AS net, tax_minor::text AS tax,
                 gross_minor::text AS gross, paid_minor::text AS paid, credited_minor::text AS credited
            FROM invoices WHERE period = $1 AND state <> 'draft' ORDER BY year, year_no LIMIT $2`,
  },
  payouts: {
    columns: ['payout_id', 'beneficiary_id', 'share', 'state', 'currency', 'gross', 'paid', 'end_to_end_id'],
    money: ['gross', 'paid'],
    sql: `SELECT payout_id, beneficiary_id, share, state, currency, gross_minor::text AS gross, amount_minor::text AS paid, end_to_end_id
            FROM payouts WHERE period = $1 ORDER BY payout_id LIMIT $2`,
  },
};

/** Reads a period's tables whole. */
@Injectable()
export class PeriodTableQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** PERIOD_TABLE_TOO_LONG beyond `most` rows: a table that ends early would add up to a wrong sum. */
  async read(period: string, name: TableName, most: number): Promise<Result<Table, PeriodExportError>> {
    const { columns, money, sql } = sources[name];
    const { rows } = await this.#database.withClient((client) => client.query<StoredRow>(sql, [period, most + 1]));
    if (rows.length > most) {
      return err(periodExportErrors.PERIOD_TABLE_TOO_LONG(`${name} of ${period} has more than ${most} rows.`));
    }
    const cellOf = (row: StoredRow, column: string) => {
      const value = row[column] ?? null;
      return money.includes(column) ? amountOf(BigInt(value ?? 0), row.currency) : value;
    };
    return ok({
      name: `${period} ${name}`,
      columns,
      rows: rows.map((row) => columns.map((column) => cellOf(row, column))),
    });
  }
}

interface StoredRow extends Readonly<Record<string, string | null>> {
  readonly currency: Currency;
}
