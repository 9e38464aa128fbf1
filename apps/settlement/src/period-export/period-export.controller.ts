import { Readable } from 'node:stream';
import { currencyDigits, Decimal, type Currency } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { Allow, DATABASE } from '@hetao/runtime';
import { Controller, Get, Inject, Param, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { periodInPath } from '../period/period.dto.js';
import { csvLines } from './csv.js';

interface Table {
  readonly columns: readonly string[];
  /** Columns of minor units; each row says its currency in `currency`. */
  readonly money: readonly string[];
  readonly sql: string;
}

/** More rows than this are for the journal, which streams. */
const MAX_ROWS = 200_000;

const tables: Readonly<Record<'trial-balance' | 'invoices' | 'payouts', Table>> = {
  'trial-balance': {
    columns: ['kind', 'currency', 'debit', 'credit', 'balance'],
    money: ['debit', 'credit', 'balance'],
    sql: `SELECT a.kind, a.currency, coalesce(sum(e.amount_minor) FILTER (WHERE e.amount_minor > 0), 0)::text AS debit,
                 coalesce(-sum(e.amount_minor) FILTER (WHERE e.amount_minor < 0), 0)::text AS credit, sum(e.amount_minor)::text AS balance
            FROM ledger_period_entries e JOIN ledger_accounts a USING (account_no)
           WHERE e.period = $1 GROUP BY a.kind, a.currency ORDER BY a.currency, a.kind LIMIT ${MAX_ROWS}`,
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
            FROM invoices WHERE period = $1 AND state <> 'draft' ORDER BY year, year_no LIMIT ${MAX_ROWS}`,
  },
  payouts: {
    columns: ['payout_id', 'beneficiary_id', 'share', 'state', 'currency', 'gross', 'paid', 'end_to_end_id'],
    money: ['gross', 'paid'],
    sql: `SELECT payout_id, beneficiary_id, share, state, currency, gross_minor::text AS gross, amount_minor::text AS paid, end_to_end_id
            FROM payouts WHERE period = $1 ORDER BY payout_id LIMIT ${MAX_ROWS}`,
  },
};

@ApiTags('settlement')
@Controller('v1/settlement/periods/:period/exports')
@Allow('operator', 'auditor', 'system')
export class PeriodExportController {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** A period's trial balance, invoices or payouts as CSV: UTF-8, comma, amounts in major units. */
  @Get(':table')
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'A table', schema: { type: 'string' } })
  async exportPeriod(
    @Param('period', periodInPath) period: string,
    @Param('table', { schema: z.enum(['trial-balance', 'invoices', 'payouts']) }) name: keyof typeof tables,
  ): Promise<StreamableFile> {
    const { columns, money, sql } = tables[name];
    const { rows } = await this.#database.withClient((client) =>
      client.query<Record<string, string | null>>(sql, [period]),
    );
    const cells = rows.map((row) =>
      columns.map((column) => (money.includes(column) ? major(row[column], row['currency']) : (row[column] ?? null))),
    );
    return new StreamableFile(Readable.from(csvLines(columns, cells)), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${period}-${name}.csv"`,
    });
  }
}

function major(minor: string | null | undefined, currency: string | null | undefined): string {
  const digits = currencyDigits[(currency ?? 'CNY') as Currency];
  return Decimal.ofUnits(BigInt(minor ?? '0'), digits).toFixed(digits);
}
