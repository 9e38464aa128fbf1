import {
  addMoney,
  allocate,
  Decimal,
  DomainException,
  money,
  moneyToDecimal,
  roundToMoney,
  type Allocation,
  type Money,
} from '@hetao/kernel';
import type { FeeTerms } from './price-plan.js';
import type { RevenueParty, WithholdingTerms } from './price-plan-v2.js';
import { ratingErrors } from './rating.errors.js';
import { splitRuleVersion, type TaxedAmount } from './split.js';
import { isBasisPoints } from './validate-plan.js';

/**
 * Rule with more parties: net by largest remainder in the tie order merchant, channel, sources and bodies as the plan
 * lists them, exchange; withholding is taken out of the merchant's part, half up; the tax goes whole to `tax`. Without
 * such parties it gives the figures of `split-1` and says so.
 */
export const splitRuleVersionV2 = 'split-2';

const ALL_BPS = 10_000;
const BPS_DECIMALS = 4;

/** Whose part of an invoice it is; each stands once in an invoice. */
export type ShareKey =
  'merchant' | 'channel' | 'exchange' | 'tax' | 'withholding' | `source:${string}` | `body:${string}`;

/** Who shares an invoice, and how. Without a channel partner its fee stays with the merchant. */
export interface SplitTermsV2 {
  readonly fee: FeeTerms;
  readonly channelPresent: boolean;
  readonly parties: readonly RevenueParty[];
  readonly withholding: WithholdingTerms | null;
}

/** What one party gets. */
export type SharePart = Allocation<ShareKey>;

export interface SplitV2 {
  readonly splitRuleVersion: typeof splitRuleVersion | typeof splitRuleVersionV2;
  /** Who got a unit left over when remainders were equal, first to last: kept with the document. */
  readonly tieOrder: readonly ShareKey[];
  /** In the tie order, then `withholding` and `tax`; they add up to `gross` exactly. */
  readonly parts: readonly SharePart[];
  readonly gross: Money;
}

/**
 * Shares net and tax among all parties.
 *
 * @throws DomainException SPLIT_TERMS_INVALID, MONEY_CURRENCY_MISMATCH.
 */
export function splitV2({ net, tax, ...terms }: TaxedAmount & SplitTermsV2): SplitV2 {
  const shares = weightsOf(terms);
  const shared = allocate(net, shares);
  const parts = shared.flatMap((part) => (part.party === 'merchant' ? withheld(part, terms.withholding) : [part]));
  const plain = terms.parties.length === 0 && terms.withholding === null;
  return {
    splitRuleVersion: plain ? splitRuleVersion : splitRuleVersionV2,
    tieOrder: shares.map(({ party }) => party),
    parts: [...parts, { party: 'tax', amount: tax }],
    gross: addMoney(net, tax),
  };
}

function weightsOf({ fee, channelPresent, parties }: SplitTermsV2) {
  const channel = channelPresent ? fee.channelBps : 0;
  const others = parties.map(({ role, participantId, bps }) => ({ party: `${role}:${participantId}` as const, bps }));
  const taken = others.reduce((sum, { bps }) => sum + bps, fee.exchangeBps + channel);
  const all = [fee.exchangeBps, fee.channelBps, ...parties.map(({ bps }) => bps)];
  if (!all.every(isBasisPoints) || taken > ALL_BPS) {
    const detail = `${taken} of ${ALL_BPS} basis points were to be taken from the merchant.`;
    throw new DomainException(ratingErrors.SPLIT_TERMS_INVALID(detail, { pointer: '/parties' }));
  }
  const weights: { party: ShareKey; bps: number }[] = [
    { party: 'merchant', bps: ALL_BPS - taken },
    ...(channelPresent ? [{ party: 'channel' as const, bps: channel }] : []),
    ...others,
    { party: 'exchange', bps: fee.exchangeBps },
  ];
  return weights.map(({ party, bps }) => ({ party, weight: Decimal.of(bps) }));
}

function withheld(part: SharePart, withholding: WithholdingTerms | null): SharePart[] {
  if (withholding === null) return [part];
  const { amountMinor, currency } = part.amount;
  const rate = Decimal.ofUnits(BigInt(withholding.rateBps), BPS_DECIMALS);
  const held = roundToMoney(moneyToDecimal(part.amount).times(rate), currency);
  return [
    { party: 'merchant', amount: money(amountMinor - held.amountMinor, currency) },
    { party: 'withholding', amount: held },
  ];
}
