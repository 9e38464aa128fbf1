import { deterministicId, err, formatMoney, money, ok, type Currency, type Result } from '@hetao/kernel';
import { accountKinds, permittedMovements, type AccountKind, type Movement, type Side } from './chart.js';
import { ledgerErrors, type LedgerError } from './ledger.errors.js';

export * from './chart.js';

/** The form in which postings are compared. It is part of stored hashes, so it changes only together with the form. */
const PAYLOAD_FORM = 'movements-1';

/** An account is one owner's, of one kind, in one currency. */
export interface AccountKey {
  readonly owner: string;
  readonly kind: AccountKind;
  readonly currency: Currency;
}

/** Owner of the accounts that belong to the exchange itself. */
export const exchangeOwner = 'exchange';

/** One side of a journal transaction on one account. */
export interface Leg {
  readonly account: AccountKey;
  readonly side: Side;
  /** Minor units, above zero. */
  readonly amountMinor: bigint;
}

/** A journal transaction to be written. */
export interface Posting {
  /** Names the cause (`invoice_paid:inv_…`): the same key has one effect, however often it is posted. */
  readonly idempotencyKey: string;
  readonly movement: Movement;
  /** When it counts, as opposed to when it was recorded. */
  readonly effectiveAt: Date;
  /** Settlement period whose books it belongs to, `2015-05`; null for money nobody can place yet. */
  readonly period: string | null;
  /** The document that caused it. */
  readonly reference: { readonly kind: string; readonly id: string };
  readonly legs: readonly Leg[];
  /** The id it is to have, for whoever must name it before it is posted; else it gets a new one. */
  readonly transactionId?: string;
}

/** Above any sum of this world and far from the edge of a 64-bit balance. */
export const maxLegMinor = 10n ** 18n;
const MAX_LEGS = 100;

/** A debit leg. */
export function debit(account: AccountKey, amountMinor: bigint): Leg {
  return { account, side: 'debit', amountMinor };
}

/** A credit leg. */
export function credit(account: AccountKey, amountMinor: bigint): Leg {
  return { account, side: 'credit', amountMinor };
}

/** The id of an account, from what it is: an account needs no registration before its first use. */
export function accountId({ owner, kind, currency }: AccountKey): string {
  return deterministicId('acc', owner, kind, currency);
}

/** Signed amount as the ledger stores it: debits positive, credits negative. */
export function signedMinor({ side, amountMinor }: Leg): bigint {
  return side === 'debit' ? amountMinor : -amountMinor;
}

/**
 * What two postings under one key are compared by: everything but the key and the time of recording. A fixed list, so
 * that the text is canonical without sorting keys, which would cost more than the rest of the posting.
 */
export function postingPayload({ movement, effectiveAt, period, reference, legs }: Posting): string {
  return JSON.stringify([
    PAYLOAD_FORM,
    movement,
    effectiveAt.toISOString(),
    period,
    reference.kind,
    reference.id,
    legs.map((leg) => [leg.account.owner, leg.account.kind, leg.account.currency, signedMinor(leg).toString()]),
  ]);
}

/** Checks a posting by itself: form, permitted movement, balance per currency. Limits and periods need the ledger. */
export function checkPosting(posting: Posting): Result<Posting, LedgerError> {
  const fault = formFault(posting);
  if (fault !== undefined) {
    return err(ledgerErrors.POSTING_INVALID(`Posting ${posting.idempotencyKey}: ${fault}.`));
  }
  for (const [index, leg] of posting.legs.entries()) {
    if (!isPermitted(posting.movement, leg)) {
      return err(
        ledgerErrors.MOVEMENT_NOT_PERMITTED(
          `Posting ${posting.idempotencyKey}: ${posting.movement} may not ${leg.side} ${leg.account.kind}.`,
          { pointer: `/legs/${index}` },
        ),
      );
    }
  }
  for (const [currency, differenceMinor] of differences(posting.legs)) {
    if (differenceMinor !== 0n) {
      return err(
        ledgerErrors.POSTING_UNBALANCED(
          `Posting ${posting.idempotencyKey}: debits minus credits is ${formatMoney(money(differenceMinor, currency))} ${currency}.`,
        ),
      );
    }
  }
  return ok(posting);
}

/** True when the leg's kind may be used on its side by the movement. */
export function isPermitted(movement: Movement, leg: Leg): boolean {
  const kinds: readonly AccountKind[] = permittedMovements[movement][leg.side];
  return kinds.includes(leg.account.kind);
}

/** True when a balance stands on a side its kind forbids. `balanceMinor` is signed, debits positive. */
export function breaksLimit(kind: AccountKind, balanceMinor: bigint): boolean {
  const { normal, mayCross } = accountKinds[kind];
  if (mayCross) return false;
  return normal === 'debit' ? balanceMinor < 0n : balanceMinor > 0n;
}

function formFault({ idempotencyKey, legs }: Posting): string | undefined {
  if (idempotencyKey.length === 0 || idempotencyKey.length > 200) return 'the idempotency key has 1 to 200 characters';
  if (legs.length < 2 || legs.length > MAX_LEGS) return `it has ${legs.length} legs, not 2 to ${MAX_LEGS}`;
  const wrong = legs.findIndex(({ amountMinor }) => amountMinor <= 0n || amountMinor > maxLegMinor);
  if (wrong >= 0) return `leg ${wrong} is ${legs[wrong]?.amountMinor} minor units, not 1 to ${maxLegMinor}`;
  return undefined;
}

function differences(legs: readonly Leg[]): ReadonlyMap<Currency, bigint> {
  const sums = new Map<Currency, bigint>();
  for (const leg of legs) {
    const { currency } = leg.account;
    sums.set(currency, (sums.get(currency) ?? 0n) + signedMinor(leg));
  }
  return sums;
}
