import { currencies, money, type Currency } from '@hetao/kernel';
import { cursorQuery, moneyDto, pageOf, toMoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import { periodParam } from '../period/period.dto.js';
import { accountKinds, type AccountKind } from './ledger.js';

const kinds = Object.keys(accountKinds) as [AccountKind, ...AccountKind[]];
const currency = z.enum(currencies);
const signed = moneyDto.describe('Debits are positive, credits negative');

export const trialBalanceQueryDto = z.object({
  period: periodParam.optional().describe('Only what belongs to this settlement period; the whole ledger without it'),
});
export type TrialBalanceQueryDto = z.output<typeof trialBalanceQueryDto>;

export const trialBalanceDto = z
  .object({
    period: z.string().nullable(),
    rows: z.array(
      z.object({
        kind: z.enum(kinds),
        accounts: z.int(),
        debit: moneyDto,
        credit: moneyDto,
        balance: signed,
      }),
    ),
    totals: z.array(z.object({ currency, debit: moneyDto, credit: moneyDto, balanced: z.boolean() })),
  })
  .meta({ id: 'TrialBalance' });
export type TrialBalanceDto = z.output<typeof trialBalanceDto>;

export const accountQueryDto = cursorQuery.extend({
  owner: z.string().max(100).optional(),
  kind: z.enum(kinds).optional(),
  currency: currency.optional(),
});
export type AccountQueryDto = z.output<typeof accountQueryDto>;

export const accountDto = z
  .object({
    id: z.string(),
    owner: z.string(),
    kind: z.enum(kinds),
    currency,
    balance: signed,
    version: z.int().describe('Entries so far'),
    held: z.object({ debit: moneyDto, credit: moneyDto }).describe('Reserved: it counts against the limits'),
    limits: z.object({
      floor: signed.nullable().describe('The balance less what is reserved on credit may not fall below it'),
      ceiling: signed.nullable().describe('The balance and what is reserved on debit may not rise above it'),
    }),
  })
  .meta({ id: 'LedgerAccount' });
export type AccountDto = z.output<typeof accountDto>;

export const accountPageDto = pageOf(accountDto).meta({ id: 'LedgerAccountPage' });

export const entryQueryDto = cursorQuery;
export type EntryQueryDto = z.output<typeof entryQueryDto>;

export const entryDto = z
  .object({
    version: z.int().describe('Position on the account, from 1 without gaps'),
    transaction_id: z.string(),
    movement: z.string(),
    reference: z.object({ kind: z.string(), id: z.string() }),
    period: z.string().nullable(),
    side: z.enum(['debit', 'credit']),
    amount: moneyDto,
    balance: signed.describe('Balance after this entry'),
    effective_at: z.iso.datetime(),
    recorded_at: z.iso.datetime(),
  })
  .meta({ id: 'LedgerEntry' });
export type EntryDto = z.output<typeof entryDto>;

export const entryPageDto = pageOf(entryDto).meta({ id: 'LedgerEntryPage' });

/** Sums per kind and currency as pg returns them. */
export interface StoredTrialRow {
  readonly kind: AccountKind;
  readonly currency: Currency;
  readonly accounts: string;
  readonly debit: string;
  readonly credit: string;
}

export function toTrialBalanceDto(period: string | null, rows: readonly StoredTrialRow[]): TrialBalanceDto {
  const used = [...new Set(rows.map((row) => row.currency))];
  return {
    period,
    rows: rows.map((row) => ({
      kind: row.kind,
      accounts: Number(row.accounts),
      debit: amount(row.debit, row.currency),
      credit: amount(row.credit, row.currency),
      balance: toMoneyDto(money(BigInt(row.debit) - BigInt(row.credit), row.currency)),
    })),
    totals: used.map((one) => {
      const of = (side: 'debit' | 'credit'): bigint =>
        rows.filter((row) => row.currency === one).reduce((sum, row) => sum + BigInt(row[side]), 0n);
      const [debit, credit] = [of('debit'), of('credit')];
      return {
        currency: one,
        debit: toMoneyDto(money(debit, one)),
        credit: toMoneyDto(money(credit, one)),
        balanced: debit === credit,
      };
    }),
  };
}

export interface StoredAccount {
  readonly account_no: string;
  readonly account_id: string;
  readonly owner: string;
  readonly kind: AccountKind;
  readonly currency: Currency;
  readonly balance_minor: string;
  readonly version: string;
  readonly held_debit_minor: string;
  readonly held_credit_minor: string;
  readonly floor_minor: string | null;
  readonly ceiling_minor: string | null;
}

export function toAccountDto(row: StoredAccount): AccountDto {
  return {
    id: row.account_id,
    owner: row.owner,
    kind: row.kind,
    currency: row.currency,
    balance: amount(row.balance_minor, row.currency),
    version: Number(row.version),
    held: { debit: amount(row.held_debit_minor, row.currency), credit: amount(row.held_credit_minor, row.currency) },
    limits: {
      floor: row.floor_minor === null ? null : amount(row.floor_minor, row.currency),
      ceiling: row.ceiling_minor === null ? null : amount(row.ceiling_minor, row.currency),
    },
  };
}

export interface StoredEntry {
  readonly version: string;
  readonly transaction_id: string;
  readonly movement: string;
  readonly reference_kind: string;
  readonly reference_id: string;
  readonly period: string | null;
  readonly amount_minor: string;
  readonly balance_minor: string;
  readonly effective_at: Date;
  readonly recorded_at: Date;
}

export function toEntryDto(row: StoredEntry, of: Currency): EntryDto {
  const signedMinor = BigInt(row.amount_minor);
  return {
    version: Number(row.version),
    transaction_id: row.transaction_id,
    movement: row.movement,
    reference: { kind: row.reference_kind, id: row.reference_id },
    period: row.period,
    side: signedMinor > 0n ? 'debit' : 'credit',
    amount: toMoneyDto(money(signedMinor > 0n ? signedMinor : -signedMinor, of)),
    balance: amount(row.balance_minor, of),
    effective_at: row.effective_at.toISOString(),
    recorded_at: row.recorded_at.toISOString(),
  };
}

function amount(minor: string, of: Currency) {
  return toMoneyDto(money(BigInt(minor), of));
}
