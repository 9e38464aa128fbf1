import { currencies, money, type Currency } from '@hetao/kernel';
import { moneyDto, toMoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import { accountKinds, permittedMovements, type AccountKind, type Movement } from './ledger.js';

const kinds = Object.keys(accountKinds) as [AccountKind, ...AccountKind[]];
const currency = z.enum(currencies);

export const ledgerTransactionDto = z
  .object({
    id: z.string(),
    movement: z.string(),
    because: z.string().describe('What happened, in words'),
    source: z.object({
      kind: z.string(),
      id: z.string(),
      href: z.string().nullable().describe('Where the document that caused it is read; null when it has no page'),
    }),
    period: z.string().nullable(),
    effective_at: z.iso.datetime(),
    recorded_at: z.iso.datetime(),
    idempotency_key: z.string(),
    rules: z.string(),
    hold_id: z.string().nullable().describe('The reserve it was posted from'),
    sequence: z.int().nullable().describe('Its place in the sealed chain; null while it waits'),
    legs: z.array(
      z.object({
        account_id: z.string(),
        owner: z.string(),
        kind: z.enum(kinds),
        currency,
        side: z.enum(['debit', 'credit']),
        amount: moneyDto,
        version: z.int(),
        balance: moneyDto.describe('Balance of the account after it; debits are positive'),
      }),
    ),
  })
  .meta({ id: 'LedgerTransaction' });
export type LedgerTransactionDto = z.output<typeof ledgerTransactionDto>;

/** A journal transaction with its legs as one row. */
export interface StoredTransaction {
  readonly transaction_id: string;
  readonly movement: Movement;
  readonly reference_kind: string;
  readonly reference_id: string;
  readonly statement_id: string | null;
  readonly period: string | null;
  readonly effective_at: Date;
  readonly recorded_at: Date;
  readonly idempotency_key: string;
  readonly rules: string;
  readonly hold_id: string | null;
  readonly sequence: string | null;
  readonly legs: readonly {
    readonly account_id: string;
    readonly owner: string;
    readonly kind: AccountKind;
    readonly currency: Currency;
    readonly amount: string;
    readonly balance: string;
    readonly version: number;
  }[];
}

export function toLedgerTransactionDto(row: StoredTransaction): LedgerTransactionDto {
  return {
    id: row.transaction_id,
    movement: row.movement,
    because: permittedMovements[row.movement].because,
    source: { kind: row.reference_kind, id: row.reference_id, href: sourceHref(row) },
    period: row.period,
    effective_at: row.effective_at.toISOString(),
    recorded_at: row.recorded_at.toISOString(),
    idempotency_key: row.idempotency_key,
    rules: row.rules,
    hold_id: row.hold_id,
    sequence: row.sequence === null ? null : Number(row.sequence),
    legs: row.legs.map(({ amount, balance, ...account }) => {
      const minor = BigInt(amount);
      return {
        ...account,
        side: minor > 0n ? 'debit' : 'credit',
        amount: toMoneyDto(money(minor > 0n ? minor : -minor, account.currency)),
        balance: toMoneyDto(money(BigInt(balance), account.currency)),
      };
    }),
  };
}

/** A posting names its cause; these causes have a page of their own. */
function sourceHref({ reference_kind, reference_id, statement_id }: StoredTransaction): string | null {
  switch (reference_kind) {
    case 'invoice':
      return `/v1/invoices/${reference_id}`;
    case 'payout':
      return `/v1/payouts/${reference_id}`;
    case 'bank_line':
      return statement_id === null ? null : `/v1/bank-statements/${statement_id}`;
    default:
      return null;
  }
}
