import { err, money, ok, type Currency, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, toMoneyDto, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { BalanceDto, BalanceQueryDto } from './balance.dto.js';
import {
  toAccountDto,
  toEntryDto,
  toTrialBalanceDto,
  type AccountDto,
  type AccountQueryDto,
  type EntryDto,
  type EntryQueryDto,
  type StoredAccount,
  type StoredEntry,
  type StoredTrialRow,
  type TrialBalanceDto,
} from './ledger.dto.js';
import { ledgerErrors, type LedgerError } from './ledger.errors.js';

const ACCOUNTS = `
  SELECT a.account_no, a.account_id, a.owner, a.kind, a.currency, h.balance_minor, h.version, h.held_debit_minor,
         h.held_credit_minor, h.floor_minor, h.ceiling_minor
    FROM ledger_accounts a JOIN ledger_heads h USING (account_no)`;

const BALANCE_BY = {
  recorded: `
    SELECT a.currency, coalesce(e.balance_minor, 0) AS balance, v.version
      FROM ledger_accounts a
      JOIN LATERAL (SELECT ledger_version_at(a.account_no, coalesce($2::timestamptz, 'infinity')) AS version) v ON true
      LEFT JOIN ledger_entries e ON e.account_no = a.account_no AND e.version = v.version
     WHERE a.account_id = $1`,
  effective: `
    SELECT a.currency, NULL AS version,
           (SELECT coalesce(sum(e.amount_minor), 0) FROM ledger_entries e JOIN ledger_transactions t USING (transaction_no)
             WHERE e.account_no = a.account_no AND ($2::timestamptz IS NULL OR t.effective_at <= $2)) AS balance
      FROM ledger_accounts a WHERE a.account_id = $1`,
} as const satisfies Record<BalanceQueryDto['by'], string>;

/** Reads the ledger, for operators and auditors. */
@Injectable()
export class LedgerQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /**
   * Sums of all debits and credits per kind and currency, of one settlement period or of all time. Of a bank line that
   * pays into several periods, each has its part.
   */
  async trialBalance(period: string | null): Promise<TrialBalanceDto> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredTrialRow>(
        `SELECT a.kind, a.currency, count(DISTINCT e.account_no) AS accounts,
                coalesce(sum(e.amount_minor) FILTER (WHERE e.amount_minor > 0), 0) AS debit,
                coalesce(-sum(e.amount_minor) FILTER (WHERE e.amount_minor < 0), 0) AS credit
           FROM ${period === null ? 'ledger_entries' : 'ledger_period_entries'} e JOIN ledger_accounts a USING (account_no)
          ${period === null ? '' : 'WHERE e.period = $1'} GROUP BY a.kind, a.currency ORDER BY a.currency, a.kind`,
        period === null ? [] : [period],
      ),
    );
    return toTrialBalanceDto(period, rows);
  }

  async accounts(query: AccountQueryDto): Promise<Page<AccountDto>> {
    const filter = { owner: query.owner, kind: query.kind, currency: query.currency };
    const [after = 0] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredAccount>(
        `${ACCOUNTS}
          WHERE a.account_no > $1 AND ($2::text IS NULL OR a.owner = $2) AND ($3::text IS NULL OR a.kind = $3)
            AND ($4::text IS NULL OR a.currency = $4)
          ORDER BY a.account_no LIMIT $5`,
        [after, query.owner ?? null, query.kind ?? null, query.currency ?? null, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [Number(row.account_no)], filter);
    return { ...page, data: page.data.map(toAccountDto) };
  }

  async account(accountId: string): Promise<Result<AccountDto, LedgerError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredAccount>(`${ACCOUNTS} WHERE a.account_id = $1`, [accountId]),
    );
    const [row] = rows;
    return row === undefined ? unknownAccount(accountId) : ok(toAccountDto(row));
  }

  /**
   * The balance as of a moment: by recorded time a few look-ups in the account's own entries, however many there are;
   * by effective time a sum, since what is posted late counts earlier.
   */
  async balance(accountId: string, { at, by }: BalanceQueryDto): Promise<Result<BalanceDto, LedgerError>> {
    const asOf = at === undefined ? null : new Date(at);
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ currency: Currency; balance: string; version: string | null }>(BALANCE_BY[by], [accountId, asOf]),
    );
    const [row] = rows;
    if (row === undefined) return unknownAccount(accountId);
    return ok({
      account_id: accountId,
      at: asOf?.toISOString() ?? null,
      by,
      balance: toMoneyDto(money(BigInt(row.balance), row.currency)),
      version: row.version === null ? null : Number(row.version),
    });
  }

  /** An account's entries, newest first. */
  async entries(accountId: string, query: EntryQueryDto): Promise<Result<Page<EntryDto>, LedgerError>> {
    const filter = { account: accountId };
    const [before = null] = afterCursor(query.cursor, filter) ?? [];
    return this.#database.withClient(async (client) => {
      const accounts = await client.query<{ account_no: string; currency: Currency }>(
        'SELECT account_no, currency FROM ledger_accounts WHERE account_id = $1',
        [accountId],
      );
      const [account] = accounts.rows;
      if (account === undefined) {
        return unknownAccount(accountId);
      }
      const { rows } = await client.query<StoredEntry>(
        `SELECT e.version, t.transaction_id, t.movement, t.reference_kind, t.reference_id, t.period, e.amount_minor,
                e.balance_minor, t.effective_at, t.recorded_at
           FROM ledger_entries e JOIN ledger_transactions t USING (transaction_no)
          WHERE e.account_no = $1 AND ($2::bigint IS NULL OR e.version < $2)
          ORDER BY e.version DESC LIMIT $3`,
        [account.account_no, before, query.limit + 1],
      );
      const page = cursorPage(rows, query.limit, (row) => [Number(row.version)], filter);
      return ok({ ...page, data: page.data.map((row) => toEntryDto(row, account.currency)) });
    });
  }
}

function unknownAccount(accountId: string): Result<never, LedgerError> {
  return err(ledgerErrors.LEDGER_ACCOUNT_NOT_FOUND(`There is no ledger account ${accountId}.`));
}
