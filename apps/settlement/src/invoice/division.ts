import { money, type Currency } from '@hetao/kernel';
import {
  splitV2,
  type FeeTerms,
  type RevenueParty,
  type ShareKey,
  type SplitV2,
  type WithholdingTerms,
} from '@hetao/rating';

/** Who shares the money besides merchant, channel, exchange and tax. */
export interface SplitTerms {
  readonly parties: readonly RevenueParty[];
  readonly withholding: WithholdingTerms | null;
}

/** What of an invoice says how it is divided. */
export interface DivisionTerms {
  readonly fee: FeeTerms;
  readonly splitTerms: SplitTerms;
  readonly channelPartnerId: string | null;
}

/** Divides net and tax among everybody the terms name. */
export function divide(
  terms: DivisionTerms & { readonly currency: Currency },
  netMinor: bigint,
  taxMinor: bigint,
): SplitV2 {
  return splitV2({
    net: money(netMinor, terms.currency),
    tax: money(taxMinor, terms.currency),
    fee: terms.fee,
    channelPresent: terms.channelPartnerId !== null,
    ...terms.splitTerms,
  });
}

/** Who is served first when remainders are equal: kept with the invoice. */
export function tieOrderOf(terms: DivisionTerms): readonly ShareKey[] {
  return divide({ ...terms, currency: 'CNY' }, 0n, 0n).tieOrder;
}
