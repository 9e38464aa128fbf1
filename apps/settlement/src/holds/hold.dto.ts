import { currencies, money } from '@hetao/kernel';
import { cursorQuery, moneyDto, pageOf, toMoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import type { Side } from '../ledger/ledger.js';
import { holdStates, type HoldState } from './hold.js';

export const holdQueryDto = cursorQuery.extend({
  state: z.enum(holdStates).optional(),
  account: z.string().max(40).optional().describe('Only holds that reserve something on this ledger account'),
});
export type HoldQueryDto = z.output<typeof holdQueryDto>;

export const holdDto = z
  .object({
    id: z.string(),
    state: z.enum(holdStates),
    movement: z.string(),
    reference: z.object({ kind: z.string(), id: z.string() }),
    period: z.string().nullable(),
    legs: z.array(
      z.object({
        account_id: z.string(),
        owner: z.string(),
        kind: z.string(),
        currency: z.enum(currencies),
        side: z.enum(['debit', 'credit']),
        amount: moneyDto,
      }),
    ),
    reserved_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    resolution: z
      .object({
        at: z.iso.datetime(),
        by: z.string(),
        reason: z.string().nullable(),
        transaction_id: z.string().nullable().describe('What it was posted as'),
      })
      .nullable(),
  })
  .meta({ id: 'LedgerHold' });
export type HoldDto = z.output<typeof holdDto>;

export const holdPageDto = pageOf(holdDto).meta({ id: 'LedgerHoldPage' });

/** A hold with its legs as one row. */
export interface StoredHold {
  readonly hold_no: string;
  readonly hold_id: string;
  readonly state: HoldState;
  readonly movement: string;
  readonly reference_kind: string;
  readonly reference_id: string;
  readonly period: string | null;
  readonly legs_json: readonly {
    readonly account_id: string;
    readonly owner: string;
    readonly kind: string;
    readonly currency: (typeof currencies)[number];
    readonly amount: string;
  }[];
  readonly reserved_at: Date;
  readonly expires_at: Date;
  readonly resolved_at: Date | null;
  readonly resolved_by: string | null;
  readonly reason: string | null;
  readonly transaction_id: string | null;
}

export function toHoldDto(row: StoredHold): HoldDto {
  const { resolved_at, resolved_by, reason, transaction_id } = row;
  return {
    id: row.hold_id,
    state: row.state,
    movement: row.movement,
    reference: { kind: row.reference_kind, id: row.reference_id },
    period: row.period,
    legs: row.legs_json.map(({ amount, ...account }) => {
      const minor = BigInt(amount);
      const side: Side = minor > 0n ? 'debit' : 'credit';
      return { ...account, side, amount: toMoneyDto(money(minor > 0n ? minor : -minor, account.currency)) };
    }),
    reserved_at: row.reserved_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    resolution:
      resolved_at === null ? null : { at: resolved_at.toISOString(), by: resolved_by ?? '', reason, transaction_id },
  };
}
