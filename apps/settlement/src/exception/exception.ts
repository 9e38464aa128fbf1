import { err, ok, type Result } from '@hetao/kernel';
import { exceptionErrors, type ExceptionError } from './exception.errors.js';

/** A bank line that waits for a person. Amounts are minor units. */
export interface WaitingException {
  readonly exceptionId: string;
  readonly lineId: string;
  readonly side: 'credit' | 'debit';
  readonly amountMinor: bigint;
  readonly currency: string;
  /** True when the exchange settles in the currency, so that the money is in the ledger. */
  readonly booked: boolean;
  /** Calendar date of the booking. */
  readonly bookedOn: string;
}

/** Where a part of a payment goes. */
export interface Allocation {
  readonly invoiceId: string;
  readonly amountMinor: bigint;
}

/** What an operator decided. */
export type Resolution =
  | {
      readonly action: 'allocate';
      readonly allocations: readonly Allocation[];
      /** Where what is left goes; null when nothing is to be left. */
      readonly remainder: 'credit_on_account' | 'refund' | null;
    }
  | { readonly action: 'credit_on_account' }
  | { readonly action: 'refund' }
  | { readonly action: 'bank_fee' }
  | { readonly action: 'settled_outside' };

/** Which part of the line goes where. Σ of the parts is the line. */
export interface Division {
  readonly allocations: readonly Allocation[];
  readonly creditMinor: bigint;
  readonly refundMinor: bigint;
  readonly feeMinor: bigint;
}

const NOTHING: Division = { allocations: [], creditMinor: 0n, refundMinor: 0n, feeMinor: 0n };

/** Divides the line as decided; EXCEPTION_ACTION_UNFIT or ALLOCATION_INVALID say why it cannot be. */
export function divide(waiting: WaitingException, resolution: Resolution): Result<Division, ExceptionError> {
  const { amountMinor, side, booked, currency } = waiting;
  if (resolution.action === 'settled_outside') {
    return booked ? unfit(`Money in ${currency} is in the ledger and has to be accounted for there.`) : ok(NOTHING);
  }
  if (!booked) return unfit(`The exchange does not settle in ${currency}: the money is not in its ledger.`);
  if (resolution.action === 'bank_fee') {
    return side === 'debit' ? ok({ ...NOTHING, feeMinor: amountMinor }) : unfit('Money in is no fee.');
  }
  if (side === 'debit') return unfit('Money that left can only be a fee, be written off or wait for its payout.');
  if (resolution.action === 'credit_on_account') return ok({ ...NOTHING, creditMinor: amountMinor });
  if (resolution.action === 'refund') return ok({ ...NOTHING, refundMinor: amountMinor });
  return allocate(waiting, resolution);
}

function allocate(
  { amountMinor }: WaitingException,
  { allocations, remainder }: Extract<Resolution, { action: 'allocate' }>,
): Result<Division, ExceptionError> {
  const sum = allocations.reduce((total, one) => total + one.amountMinor, 0n);
  const rest = amountMinor - sum;
  if (new Set(allocations.map(({ invoiceId }) => invoiceId)).size !== allocations.length) {
    return err(exceptionErrors.ALLOCATION_INVALID('An invoice is named twice.'));
  }
  if (allocations.some((one) => one.amountMinor <= 0n)) {
    return err(exceptionErrors.ALLOCATION_INVALID('An allocation is not above zero.'));
  }
  if (rest < 0n)
    return err(exceptionErrors.ALLOCATION_INVALID(`${-rest} minor units more than the line are allocated.`));
  if (rest > 0n && remainder === null) {
    return err(exceptionErrors.ALLOCATION_INVALID(`${rest} minor units of the line are left without a place.`));
  }
  return ok({
    allocations,
    creditMinor: remainder === 'credit_on_account' ? rest : 0n,
    refundMinor: remainder === 'refund' ? rest : 0n,
    feeMinor: 0n,
  });
}

/** 0–1, 2–7, 8–30 days and older: how operators look at a queue. */
export function ageBucket(days: number): '0-1' | '2-7' | '8-30' | '30+' {
  if (days <= 1) return '0-1';
  if (days <= 7) return '2-7';
  return days <= 30 ? '8-30' : '30+';
}

function unfit(detail: string): Result<never, ExceptionError> {
  return err(exceptionErrors.EXCEPTION_ACTION_UNFIT(detail));
}
