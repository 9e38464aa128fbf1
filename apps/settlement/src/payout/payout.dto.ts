import { currencies, formatMoney, money, type Currency } from '@hetao/kernel';
import { cursorQuery, moneyDto, pageOf, toMoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import type { BankAccount } from '../agreement/agreement.js';
import { periodParam } from '../period/period.dto.js';
import { payableShares, payoutTransitions, type PayableShare, type PayoutState } from './payout.js';
import type { HeldPayable, PayoutRun } from './payout.use-cases.js';

const statuses = payoutTransitions.states as [PayoutState, ...PayoutState[]];
const shares = z.enum(payableShares).describe('The role the party is paid for');

export const payoutQueryDto = cursorQuery.extend({
  period: periodParam.optional(),
  status: z.enum(statuses).optional(),
});
export type PayoutQueryDto = z.output<typeof payoutQueryDto>;

const summary = {
  id: z.string(),
  period: z.string(),
  beneficiary_id: z.string(),
  share: shares,
  amount: moneyDto.describe('What the bank was told to pay'),
  gross: moneyDto.describe('Before what is kept in reserve and what the party owed back'),
  end_to_end_id: z.string().describe('ISO 20022 EndToEndId the bank shows on its statement'),
  bank_account: z.object({
    name: z.string(),
    iban: z.string().nullable(),
    account_number: z.string().nullable(),
    bic: z.string().nullable(),
  }),
  status: z.enum(statuses),
  instructed_at: z.iso.datetime(),
  settled_at: z.iso.datetime().nullable(),
};

export const payoutDto = z.object(summary).meta({ id: 'Payout' });
export type PayoutDto = z.output<typeof payoutDto>;

export const payoutPageDto = pageOf(payoutDto).meta({ id: 'PayoutPage' });

export const payoutDetailDto = z
  .object({
    ...summary,
    items: z
      .array(z.object({ invoice_id: z.string(), invoice_number: z.string(), amount: moneyDto }))
      .describe('The invoices whose money it hands on'),
    statement_line_id: z.string().nullable().describe('The bank line that shows it was made'),
  })
  .meta({ id: 'PayoutDetail' });
export type PayoutDetailDto = z.output<typeof payoutDetailDto>;

export const payoutRunDto = z
  .object({
    period: z.string(),
    instructed: z.int().describe('Instructed by this call; 0 when nothing was left to pay'),
    payouts: z.int().describe('Payouts of the period'),
    totals: z.array(z.object({ currency: z.enum(currencies), amount: moneyDto })),
    held: z
      .array(
        z.object({
          beneficiary_id: z.string(),
          share: shares,
          amount: moneyDto,
          code: z.string(),
          detail: z.string(),
          fix: z.string(),
        }),
      )
      .describe('What is owed but cannot be paid out yet'),
    deferred: z
      .array(
        z.object({
          beneficiary_id: z.string(),
          share: shares,
          amount: moneyDto,
          reason: z.enum(['threshold', 'hold']),
        }),
      )
      .describe('What waits: it is paid with a later payout, and does not keep the period open'),
  })
  .meta({ id: 'PayoutRun' });
export type PayoutRunDto = z.output<typeof payoutRunDto>;

/** A payout as pg returns it. */
export interface StoredPayout {
  readonly payout_id: string;
  readonly period: string;
  readonly beneficiary_id: string;
  readonly share: PayableShare;
  readonly amount_minor: string;
  readonly gross_minor: string;
  readonly currency: Currency;
  readonly end_to_end_id: string;
  readonly bank_account: BankAccount;
  readonly state: PayoutState;
  readonly instructed_at: Date;
  readonly settled_at: Date | null;
}

export function toPayoutDto(row: StoredPayout): PayoutDto {
  const { name, iban, accountNumber, bic } = row.bank_account;
  return {
    id: row.payout_id,
    period: row.period,
    beneficiary_id: row.beneficiary_id,
    share: row.share,
    amount: toMoneyDto(money(BigInt(row.amount_minor), row.currency)),
    gross: toMoneyDto(money(BigInt(row.gross_minor), row.currency)),
    end_to_end_id: row.end_to_end_id,
    bank_account: { name, iban: iban ?? null, account_number: accountNumber ?? null, bic: bic ?? null },
    status: row.state,
    instructed_at: row.instructed_at.toISOString(),
    settled_at: row.settled_at?.toISOString() ?? null,
  };
}

const HOLDS = {
  BENEFICIARY_UNKNOWN: {
    detail: 'Its approval as a participant has not arrived.',
    fix: 'Approve the participant, then ask for payouts again.',
  },
  BANK_ACCOUNT_MISSING: {
    detail: 'It was approved without a bank account.',
    fix: 'Give the participant a bank account and approve it, then ask for payouts again.',
  },
  BANK_ACCOUNT_UNFIT: {
    detail:
      'Its bank account cannot stand in a payment file: the IBAN, the account number or the BIC is not as ISO 20022 writes them.',
    fix: 'Propose its right bank details: POST /v1/bank-details; another operator approves them.',
  },
  BANK_DETAILS_COOLING: {
    detail: 'Its bank details were changed a short time ago.',
    fix: 'Ask for payouts again when the new details take effect; GET /v1/bank-details says when.',
  },
  NOT_DUE: {
    detail: 'By its settlement terms it is not paid today.',
    fix: 'Ask for payouts again on its next day, or change its terms.',
  },
} as const;

export function toPayoutRunDto(
  period: string,
  run: PayoutRun,
  totals: readonly { readonly currency: Currency; readonly payouts: string; readonly amount: string }[],
): PayoutRunDto {
  return {
    period,
    instructed: run.instructed,
    payouts: totals.reduce((sum, row) => sum + Number(row.payouts), 0),
    totals: totals.map(({ currency, amount }) => ({ currency, amount: toMoneyDto(money(BigInt(amount), currency)) })),
    held: run.held.map(toHeldDto),
    deferred: run.deferred.map(({ payable, kind }) => ({
      beneficiary_id: payable.beneficiaryId,
      share: payable.share,
      amount: toMoneyDto(money(payable.amountMinor, payable.currency)),
      reason: kind,
    })),
  };
}

function toHeldDto({ payable, reason }: HeldPayable): PayoutRunDto['held'][number] {
  const amount = money(payable.amountMinor, payable.currency);
  const { detail, fix } = HOLDS[reason];
  return {
    beneficiary_id: payable.beneficiaryId,
    share: payable.share,
    amount: toMoneyDto(amount),
    code: reason,
    detail: `${payable.beneficiaryId} is owed ${amount.currency} ${formatMoney(amount)}. ${detail}`,
    fix,
  };
}
