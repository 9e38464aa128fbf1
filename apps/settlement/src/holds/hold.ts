import { err, ok, type Result } from '@hetao/kernel';
import { accountId, checkPosting, type Leg, type Posting } from '../ledger/ledger.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { holdErrors, type HoldError } from './hold.errors.js';

/** How a hold ended, or that it has not. */
export const holdStates = ['reserved', 'posted', 'voided', 'expired'] as const;
export type HoldState = (typeof holdStates)[number];

/** A posting that is reserved first: its amounts count against the limits of its accounts until it is resolved. */
export interface Reservation extends Posting {
  /** From then on nothing can be posted from it, and the timer sets the money free. */
  readonly expiresAt: Date;
}

/** A reservation that was made. */
export interface Hold extends Reservation {
  readonly holdId: string;
  readonly state: HoldState;
  /** The journal transaction it was posted as. */
  readonly postedAs: string | null;
}

/** What to post of a hold; without legs, all of it. */
export interface HoldUse {
  /** At most what was reserved, on the same accounts and sides. The rest is set free. */
  readonly legs?: readonly Leg[];
  /** When it counts; as reserved, if nothing is said. A closed period takes neither. */
  readonly effectiveAt?: Date;
  readonly period?: string | null;
}

const MAX_HOLD_MS = 400 * 24 * 60 * 60 * 1_000;

/** Checks a reservation by itself: as a posting, and that it ends. Limits need the ledger. */
export function checkReservation(reservation: Reservation, now: Date): Result<Reservation, LedgerError | HoldError> {
  const checked = checkPosting(reservation);
  if (!checked.ok) return checked;
  const forMs = reservation.expiresAt.getTime() - now.getTime();
  if (!(forMs > 0 && forMs <= MAX_HOLD_MS)) {
    const until = Number.isNaN(forMs) ? 'no date' : reservation.expiresAt.toISOString();
    return err(holdErrors.HOLD_EXPIRY_INVALID(`A hold made at ${now.toISOString()} cannot expire at ${until}.`));
  }
  return ok(reservation);
}

/** The one key under which a hold can be posted, so that it is posted once. */
export function keyOfHold(holdId: string): string {
  return `hold_posted:${holdId}`;
}

/**
 * The posting that a hold becomes. A hold that was posted before gives the same posting again for the same use: the
 * ledger then answers what was posted first.
 */
export function postingOfHold(hold: Hold, use: HoldUse, now: Date): Result<Posting, HoldError> {
  if (hold.state === 'voided' || hold.state === 'expired') return err(resolved(hold));
  if (hold.state === 'reserved' && now >= hold.expiresAt) {
    return err(holdErrors.HOLD_EXPIRED(`Hold ${hold.holdId} expired at ${hold.expiresAt.toISOString()}.`));
  }
  const { movement, reference } = hold;
  const legs = use.legs ?? hold.legs;
  const exceeded = exceededLeg(hold.legs, legs);
  if (exceeded !== undefined) {
    const { account, side, amountMinor } = exceeded;
    return err(
      holdErrors.HOLD_EXCEEDED(
        `Hold ${hold.holdId} did not reserve a ${side} of ${amountMinor} minor units ${account.currency} on ${account.kind} of ${account.owner}.`,
      ),
    );
  }
  return ok({
    idempotencyKey: keyOfHold(hold.holdId),
    movement,
    reference,
    legs,
    effectiveAt: use.effectiveAt ?? hold.effectiveAt,
    period: use.period === undefined ? hold.period : use.period,
  });
}

/** Whether a hold can still be given up. Giving it up twice finds it given up. */
export function checkVoid(hold: Hold): Result<Hold, HoldError> {
  return hold.state === 'posted' || hold.state === 'expired' ? err(resolved(hold)) : ok(hold);
}

function resolved({ holdId, state }: Hold): HoldError {
  return holdErrors.HOLD_RESOLVED(`Hold ${holdId} was ${state}.`);
}

/** The first leg that goes beyond what is reserved on its account and side, all legs on them taken together. */
function exceededLeg(reserved: readonly Leg[], used: readonly Leg[]): Leg | undefined {
  const left = new Map<string, bigint>();
  for (const leg of reserved) left.set(placeOf(leg), (left.get(placeOf(leg)) ?? 0n) + leg.amountMinor);
  return used.find((leg) => {
    const rest = (left.get(placeOf(leg)) ?? 0n) - leg.amountMinor;
    left.set(placeOf(leg), rest);
    return rest < 0n;
  });
}

function placeOf({ account, side }: Leg): string {
  return `${accountId(account)} ${side}`;
}
