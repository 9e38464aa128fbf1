import { Decimal } from '@hetao/kernel';
import { cursorQuery, pageOf } from '@hetao/runtime';
import { z } from 'zod';
import { matchedKinds, type MatchedKind } from '../matching/matching.repository.js';
import { exceptionReasons, type ExceptionReason } from '../matching/matching.js';
import { FIXES } from './exception-fixes.js';
import { minorDigitsOf, statementKinds, type StatementKind } from './statement.js';

/** Statements may be in any currency of the world, so their amounts are wider than the exchange's own money. */
const bankMoneyDto = z.object({ amount: z.string(), currency: z.string() }).meta({ id: 'BankMoney' });

const reasonDto = z.enum(exceptionReasons);

const lineStates = ['open', 'matched', 'exception', 'ignored', 'resolved'] as const;

const unmatchedDto = z.object({
  line_id: z.string(),
  line_no: z.int(),
  amount: bankMoneyDto,
  side: z.enum(['credit', 'debit']),
  reason: reasonDto,
  detail: z.string(),
  fix: z.string(),
  item: z.object({ kind: z.enum(matchedKinds), id: z.string() }).nullable(),
});

const summary = {
  statement_id: z.string(),
  reference: z.string().describe('The bank’s identification'),
  account: z.string(),
  currency: z.string(),
  kind: z.enum(statementKinds).describe('Only a statement moves money; the others announce it'),
  opening: bankMoneyDto.nullable(),
  closing: bankMoneyDto.nullable(),
  continuity: z
    .object({
      state: z.enum(['first', 'continues', 'gap', 'gap_accepted', 'announcement']),
      previous_id: z.string().nullable(),
      expected_opening: bankMoneyDto.nullable().describe('Closing balance of the statement before it'),
    })
    .describe('Whether it begins where the statement before it ended'),
  opening_date: z.iso.date(),
  closing_date: z.iso.date(),
  entries: z.int(),
  lines: z.int().describe('Entries, with batch bookings divided into their payments'),
  matched: z.int(),
};

export const statementDto = z.object(summary).meta({ id: 'BankStatement' });
export type StatementDto = z.output<typeof statementDto>;

export const statementPageDto = pageOf(statementDto).meta({ id: 'BankStatementPage' });

/** Most exceptions an answer lists; GET /v1/bank-statements/{id} shows every line. */
export const MAX_UNMATCHED = 200;

export const importResultDto = z
  .object({
    statement_id: z.string().describe('The first statement of the file'),
    entries: z.int(),
    lines: z.int(),
    matched: z.int(),
    unmatched: z.array(unmatchedDto).max(MAX_UNMATCHED),
    unmatched_total: z.int(),
    statements: z.array(statementDto),
  })
  .meta({ id: 'BankStatementImport' });
export type ImportResultDto = z.output<typeof importResultDto>;

export const statementLineDto = z.object({
  id: z.string(),
  line_no: z.int(),
  entry_no: z.int(),
  side: z.enum(['credit', 'debit']),
  amount: bankMoneyDto,
  bank_status: z.string(),
  reversal: z.boolean(),
  booking_date: z.iso.date().nullable(),
  value_date: z.iso.date().nullable(),
  end_to_end_id: z.string().nullable(),
  bank_reference: z.string().nullable(),
  remittance: z.string(),
  counterparty_name: z.string().nullable(),
  counterparty_account: z.string().nullable(),
  status: z.enum(lineStates),
  item: z.object({ kind: z.enum(matchedKinds), id: z.string() }).nullable(),
  reason: reasonDto.nullable(),
  detail: z.string().nullable(),
});
export type StatementLineDto = z.output<typeof statementLineDto>;

export const statementLinePageDto = pageOf(statementLineDto).meta({ id: 'BankStatementLinePage' });

export const statementQueryDto = cursorQuery.extend({ account: z.string().max(100).optional() });
export type StatementQueryDto = z.output<typeof statementQueryDto>;

export const lineQueryDto = cursorQuery.extend({
  status: z.enum(lineStates).optional(),
});
export type LineQueryDto = z.output<typeof lineQueryDto>;

/** A statement with its counts as pg returns it. */
export interface StoredStatement {
  readonly statement_id: string;
  readonly reference: string;
  readonly account: string;
  readonly currency: string;
  readonly kind: StatementKind;
  readonly opening_minor: string | null;
  readonly closing_minor: string | null;
  readonly previous_id: string | null;
  readonly expected_minor: string | null;
  readonly gap_accepted_at: Date | null;
  readonly opening_date: string;
  readonly closing_date: string;
  readonly entries: number;
  readonly lines: string;
  readonly matched: string;
}

export interface StoredUnmatched {
  readonly line_id: string;
  readonly line_no: number;
  readonly amount_minor: string;
  readonly currency: string;
  readonly side: 'credit' | 'debit';
  readonly reason: ExceptionReason;
  readonly detail: string;
  readonly item_kind: MatchedKind | null;
  readonly item_id: string | null;
}

export interface StoredLine {
  readonly line_id: string;
  readonly line_no: number;
  readonly entry_no: number;
  readonly side: 'credit' | 'debit';
  readonly amount_minor: string;
  readonly currency: string;
  readonly status: string;
  readonly reversal: boolean;
  readonly booking_date: string | null;
  readonly value_date: string | null;
  readonly end_to_end_id: string | null;
  readonly bank_reference: string | null;
  readonly remittance: string;
  readonly counterparty_name: string | null;
  readonly counterparty_account: string | null;
  readonly state: StatementLineDto['status'];
  readonly item_kind: MatchedKind | null;
  readonly item_id: string | null;
  readonly reason: ExceptionReason | null;
  readonly detail: string | null;
}

export function toStatementDto(row: StoredStatement): StatementDto {
  const { statement_id, reference, account, currency, opening_date, closing_date, entries } = row;
  return {
    statement_id,
    reference,
    account,
    currency,
    kind: row.kind,
    opening: bankMoneyOrNull(row.opening_minor, currency),
    closing: bankMoneyOrNull(row.closing_minor, currency),
    continuity: {
      state: continuityOf(row),
      previous_id: row.previous_id,
      expected_opening: bankMoneyOrNull(row.expected_minor, currency),
    },
    opening_date,
    closing_date,
    entries,
    lines: Number(row.lines),
    matched: Number(row.matched),
  };
}

export function toImportResultDto(
  statements: readonly StatementDto[],
  unmatched: readonly StoredUnmatched[],
  unmatchedTotal: number,
): ImportResultDto {
  const sum = (of: 'entries' | 'lines' | 'matched'): number => statements.reduce((total, one) => total + one[of], 0);
  return {
    statement_id: statements[0]?.statement_id ?? '',
    entries: sum('entries'),
    lines: sum('lines'),
    matched: sum('matched'),
    unmatched: unmatched.map((row) => ({
      line_id: row.line_id,
      line_no: row.line_no,
      amount: bankMoney(row.amount_minor, row.currency),
      side: row.side,
      reason: row.reason,
      detail: row.detail,
      fix: FIXES[row.reason],
      item: itemOf(row),
    })),
    unmatched_total: unmatchedTotal,
    statements: [...statements],
  };
}

export function toStatementLineDto(row: StoredLine): StatementLineDto {
  return {
    id: row.line_id,
    line_no: row.line_no,
    entry_no: row.entry_no,
    side: row.side,
    amount: bankMoney(row.amount_minor, row.currency),
    bank_status: row.status,
    reversal: row.reversal,
    booking_date: row.booking_date,
    value_date: row.value_date,
    end_to_end_id: row.end_to_end_id,
    bank_reference: row.bank_reference,
    remittance: row.remittance,
    counterparty_name: row.counterparty_name,
    counterparty_account: row.counterparty_account,
    status: row.state,
    item: itemOf(row),
    reason: row.reason,
    detail: row.detail,
  };
}

function continuityOf(row: StoredStatement): StatementDto['continuity']['state'] {
  if (row.kind !== 'statement') return 'announcement';
  if (row.previous_id === null) return 'first';
  if (row.expected_minor === row.opening_minor) return 'continues';
  return row.gap_accepted_at === null ? 'gap' : 'gap_accepted';
}

function bankMoneyOrNull(minor: string | null, currency: string): z.output<typeof bankMoneyDto> | null {
  return minor === null ? null : bankMoney(minor, currency);
}

function itemOf({ item_kind, item_id }: Pick<StoredUnmatched, 'item_kind' | 'item_id'>) {
  return item_kind === null || item_id === null ? null : { kind: item_kind, id: item_id };
}

function bankMoney(minor: string, currency: string): z.output<typeof bankMoneyDto> {
  const digits = minorDigitsOf(currency) ?? 0;
  return { amount: Decimal.ofUnits(BigInt(minor), digits).toFixed(digits), currency };
}
