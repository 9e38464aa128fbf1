import type { LinkProps } from '@tanstack/react-router';
import type { PeriodEquation, ReconciliationException } from '@hetao/client';

/** What a bank's file is sent as; the exchange reads its content, not its name, to tell camt and MT formats apart. */
export function mediaTypeOf(fileName: string): 'application/xml' | 'text/csv' | 'text/plain' {
  const ending = fileName.toLowerCase().replace(/^.*\./, '');
  if (ending === 'xml' || ending.startsWith('camt')) return 'application/xml';
  return ending === 'csv' ? 'text/csv' : 'text/plain';
}

/** The month before an instant, as the API names it. Months of the exchange begin in Shenzhen (+08:00). */
export function monthBefore(now: Date): string {
  const there = new Date(now.getTime() + 8 * 3_600_000);
  return new Date(Date.UTC(there.getUTCFullYear(), there.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}

/** The case after or before one in a list; at an end it stays, and without a choice it is the first. */
export function neighbour(ids: readonly string[], id: string | undefined, step: 1 | -1): string | undefined {
  const at = id === undefined ? -1 : ids.indexOf(id);
  if (at === -1) return ids[0];
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)];
}

export const reasons = [
  'NO_REFERENCE',
  'UNKNOWN_REFERENCE',
  'AMBIGUOUS_REFERENCE',
  'UNDERPAID',
  'OVERPAID',
  'WRONG_CURRENCY',
  'CURRENCY_NOT_SETTLED',
  'ALREADY_PAID',
  'REVERSAL',
  'RETURNED',
  'UNMATCHED',
] as const;
type Reason = (typeof reasons)[number];

/** A bank line that waits, with the exchange's own sentence. */
export type Unmatched = Pick<ReconciliationException, 'reason' | 'detail'>;

/** A reason the pages have a word for; the line's own text says the rest. */
export function reasonOf(line: Pick<Unmatched, 'reason'>): Reason {
  return whyOf(line) ?? 'UNMATCHED';
}

/** The reason as one the pages have a sentence for; undefined for one of later days. */
export function whyOf({ reason }: Pick<Unmatched, 'reason'>): Reason | undefined {
  return reasons.find((known) => known === reason);
}

/** Why somebody undid a match, as they wrote it behind the exchange's own words. */
export function undoneFor({ detail }: Pick<Unmatched, 'detail'>): string {
  return detail.replace(/^The match was undone: /, '');
}

/** What stands for a line that matched nothing: the best suggestion first. */
export function bestFirst(suggestions: ReconciliationException['suggestions']): ReconciliationException['suggestions'] {
  return [...suggestions].sort((left, right) => right.score - left.score);
}

/** The five stations of money in a month, in the order it passes them. */
export const stations = [
  'usage',
  'rated',
  'invoiced',
  'split',
  'settled',
] as const satisfies readonly (keyof PeriodEquation['currencies'][number])[];
export type Station = (typeof stations)[number];

type Place = Pick<LinkProps, 'to' | 'search'>;

/** Where what a check of the close found open is worked on; undefined where waiting, or this page, is the way. */
export function mendedAt(check: string): Place | undefined {
  return MENDED_AT[check];
}

const MENDED_AT: Readonly<Partial<Record<string, Place>>> = {
  DISPUTES_OPEN: { to: '/ops/disputes' },
  INVOICES_UNPAID: { to: '/invoices', search: { status: 'issued' } },
  STATEMENTS_MISSING: { to: '/ops/reconciliation', search: { tab: 'statements' } },
  BANK_LINES_OPEN: { to: '/ops/reconciliation', search: { tab: 'exceptions' } },
  RATES_MISSING: { to: '/ops/fees' },
  ALARMS_OPEN: { to: '/ops/system' },
};
