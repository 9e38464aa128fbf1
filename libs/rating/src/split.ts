import {
  addMoney,
  allocate,
  Decimal,
  DomainException,
  money,
  negateMoney,
  subtractMoney,
  type Allocation,
  type Money,
  type Share,
} from '@hetao/kernel';
import type { FeeTerms } from './price-plan.js';
import { ratingErrors } from './rating.errors.js';
import { isBasisPoints } from './validate-plan.js';

/** The rule these parts were made by: net by largest remainder in {@link splitTieOrder}, the tax whole to `tax`. */
export const splitRuleVersion = 'split-1';

/** Who gets a unit left over when remainders are equal: part of the rule, never an accident of input. */
export const splitTieOrder = ['merchant', 'channel', 'exchange'] as const;

const ALL_BPS = 10_000;

/** Who shares an invoice; `tax` is what is held for the tax authority. */
export type SplitParty = (typeof splitTieOrder)[number] | 'tax';

/** An amount before tax and the tax on it, of one currency. */
export interface TaxedAmount {
  readonly net: Money;
  readonly tax: Money;
}

/** How an invoice is shared. Without a channel partner its fee stays with the merchant. */
export interface SplitTerms {
  readonly fee: FeeTerms;
  readonly channelPresent: boolean;
}

/** What one party gets. */
export type SplitPart = Allocation<SplitParty>;

/** An invoice shared; the parts add up to `gross` exactly. */
export interface Split {
  readonly splitRuleVersion: typeof splitRuleVersion;
  readonly parts: readonly SplitPart[];
  readonly gross: Money;
}

/**
 * Shares net and tax among merchant, exchange, channel and tax, so that the parts add up to net + tax exactly.
 * A negative invoice shares as the exact negative of its positive.
 *
 * @throws DomainException SPLIT_TERMS_INVALID, MONEY_CURRENCY_MISMATCH.
 */
export function split({ net, tax, ...terms }: TaxedAmount & SplitTerms): Split {
  const shared = allocate(net, sharesOf(terms));
  return {
    splitRuleVersion,
    parts: [...shared, { party: 'tax', amount: tax }],
    gross: addMoney(net, tax),
  };
}

/** What is refunded, of what was invoiced, after what was refunded before; all as positive amounts. */
export interface RefundInput extends SplitTerms {
  readonly invoiced: TaxedAmount;
  readonly refundedBefore: TaxedAmount;
  readonly refund: TaxedAmount;
}

/**
 * Takes a refund back from the parties by the same rule: the split of what is left after, minus the split of what was
 * left before. However a refund is cut into pieces, every party ends at zero once all of it is refunded. Amounts are
 * negative, and add up to −(net + tax) of the refund exactly.
 *
 * @throws DomainException REFUND_TOO_LARGE, SPLIT_TERMS_INVALID, MONEY_CURRENCY_MISMATCH.
 */
export function splitRefund({ invoiced, refundedBefore, refund, ...terms }: RefundInput): Split {
  const before = minus(invoiced, refundedBefore);
  const after = minus(before, refund);
  for (const part of ['net', 'tax'] as const) refuseTooLarge(part, after[part], refund[part], before[part]);
  const left = split({ ...after, ...terms });
  const held = new Map(split({ ...before, ...terms }).parts.map(({ party, amount }) => [party, amount]));
  const parts = left.parts.map(({ party, amount }) => ({
    party,
    amount: subtractMoney(amount, held.get(party) ?? money(0n, amount.currency)),
  }));
  return { splitRuleVersion, parts, gross: negateMoney(addMoney(refund.net, refund.tax)) };
}

function minus(a: TaxedAmount, b: TaxedAmount): TaxedAmount {
  return { net: subtractMoney(a.net, b.net), tax: subtractMoney(a.tax, b.tax) };
}

function refuseTooLarge(part: 'net' | 'tax', after: Money, refund: Money, before: Money): void {
  if (after.amountMinor >= 0n && refund.amountMinor >= 0n) return;
  throw new DomainException(
    ratingErrors.REFUND_TOO_LARGE(
      `${refund.amountMinor} minor units of ${part} were to be refunded; ${before.amountMinor} are left.`,
      { pointer: `/refund/${part}` },
    ),
  );
}

function sharesOf({ fee, channelPresent }: SplitTerms): readonly Share<SplitParty>[] {
  const exchange = fee.exchangeBps;
  const channel = channelPresent ? fee.channelBps : 0;
  if (![fee.exchangeBps, fee.channelBps].every(isBasisPoints) || fee.exchangeBps + fee.channelBps > ALL_BPS) {
    const detail = `The exchange's ${fee.exchangeBps} and the channel's ${fee.channelBps} basis points cannot both be kept.`;
    throw new DomainException(ratingErrors.SPLIT_TERMS_INVALID(detail, { pointer: '/fee' }));
  }
  const weights = { merchant: ALL_BPS - exchange - channel, channel, exchange };
  const parties = splitTieOrder.filter((party) => channelPresent || party !== 'channel');
  return parties.map((party) => ({ party, weight: Decimal.of(weights[party]) }));
}
