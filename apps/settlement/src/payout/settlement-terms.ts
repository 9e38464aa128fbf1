import type { Currency } from '@hetao/kernel';
import { addDays } from '../period/period.js';

/** When a party is paid. */
export type SettlementCycle =
  | { readonly kind: 'monthly' }
  /** On one day of the week, 1 is Monday: everything paid until then. */
  | { readonly kind: 'weekly'; readonly weekday: number }
  /** So many calendar days after the buyer's money arrived (T+n). */
  | { readonly kind: 'after_days'; readonly days: number };

/** What the exchange agreed with a party about being paid. */
export interface SettlementTerms {
  readonly cycle: SettlementCycle;
  /** Per currency, minor units: less than this waits for the next payout. */
  readonly minimumMinor: Readonly<Partial<Record<Currency, bigint>>>;
  /** Hundredths of a percent of each payout that are kept back against refunds. */
  readonly reserveBps: number;
  /** For how many days. */
  readonly reserveDays: number;
}

/** Once a month, everything, at once. */
export const defaultTerms: SettlementTerms = {
  cycle: { kind: 'monthly' },
  minimumMinor: {},
  reserveBps: 0,
  reserveDays: 0,
};

/**
 * The last calendar date whose payments are paid out today, or null on a day the party is not paid.
 *
 * @param today calendar date in the exchange's legal zone, `2015-06-10`.
 */
export function cutoffOf({ cycle }: SettlementTerms, today: string): string | null {
  if (cycle.kind === 'monthly') return today;
  if (cycle.kind === 'weekly') {
    return weekdayOf(today) === cycle.weekday ? today : null;
  }
  return addDays(today, -cycle.days);
}

/** What becomes of an amount that is due. Σ of the parts is the amount. */
export interface PayoutPlan {
  readonly payMinor: bigint;
  readonly reserveMinor: bigint;
  /** Set off against what the party owes back. */
  readonly nettedMinor: bigint;
  /** Why nothing is paid and all of it waits; null when it is paid. */
  readonly deferred: 'threshold' | 'hold' | null;
  /** Until when the reserve is kept, a calendar date. */
  readonly releaseOn: string | null;
}

/**
 * Divides what is due: first what the party owes back, then the reserve on what is new, and the rest is paid, unless that
 * is below the minimum or somebody holds the party's payouts.
 */
export function planPayout(
  due: {
    readonly newMinor: bigint;
    readonly waitedMinor: bigint;
    readonly owedBackMinor: bigint;
    readonly currency: Currency;
  },
  terms: SettlementTerms,
  { held, today }: { readonly held: boolean; readonly today: string },
): PayoutPlan {
  const gross = due.newMinor + due.waitedMinor;
  const waits = { payMinor: 0n, reserveMinor: 0n, nettedMinor: 0n, releaseOn: null };
  if (held) return { ...waits, deferred: 'hold' };
  if (gross < (terms.minimumMinor[due.currency] ?? 0n)) return { ...waits, deferred: 'threshold' };
  const nettedMinor = due.owedBackMinor < gross ? due.owedBackMinor : gross;
  const reservable = (due.newMinor * BigInt(terms.reserveBps)) / 10_000n;
  const left = gross - nettedMinor;
  const reserveMinor = reservable < left ? reservable : left;
  const releaseOn = reserveMinor === 0n ? null : addDays(today, terms.reserveDays);
  return { payMinor: left - reserveMinor, reserveMinor, nettedMinor, deferred: null, releaseOn };
}

/** 1 is Monday, 7 is Sunday (ISO 8601), by Sakamoto's method. */
function weekdayOf(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] ?? 0;
  const of = month < 3 ? year - 1 : year;
  return (of + Math.floor(of / 4) - Math.floor(of / 100) + Math.floor(of / 400) + shift + day) % 7 || 7;
}
