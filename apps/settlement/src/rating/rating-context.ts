import { termOf, type CreditLot, type PeriodTerm, type RatingContext } from '@hetao/rating';
import type { Agreement } from '../agreement/agreement.js';

/** A lot of credit as JSON keeps it, where bigint has no place. */
export interface StoredLot extends Omit<CreditLot, 'leftMinor'> {
  readonly leftMinor: string;
}

/** What rating used beside usage and plan, as stored with the usage. */
export interface StoredContext {
  readonly term: PeriodTerm;
  readonly credits: readonly StoredLot[];
}

/** What the latest rated period before a period left. */
export interface EarlierRating {
  readonly period: string;
  readonly creditsAfter: readonly StoredLot[];
}

/** Where a period lies in its agreement, and the credit it begins with. */
export function contextOf(
  agreement: Agreement,
  period: { readonly period: string; readonly timeZone: string },
  earlier: EarlierRating | undefined,
): RatingContext {
  const { effectiveFrom, effectiveUntil, endedAt, timeZone } = agreement;
  const until = endedAt !== null && endedAt < effectiveUntil ? endedAt : effectiveUntil;
  const term = termOf(period.period, { from: effectiveFrom, until }, timeZone ?? period.timeZone);
  return {
    term: { ...term, firstRated: earlier === undefined },
    credits: (earlier?.creditsAfter ?? []).map(lotOf),
  };
}

export function storedContext({ term, credits }: RatingContext): StoredContext {
  return { term, credits: credits.map(storedLot) };
}

/** The context as it was when the period was rated; null for plans of the first form. */
export function contextFrom(stored: StoredContext | null): RatingContext | null {
  return stored === null ? null : { term: stored.term, credits: stored.credits.map(lotOf) };
}

export function storedLot(lot: CreditLot): StoredLot {
  return { ...lot, leftMinor: lot.leftMinor.toString() };
}

function lotOf(lot: StoredLot): CreditLot {
  return { ...lot, leftMinor: BigInt(lot.leftMinor) };
}
