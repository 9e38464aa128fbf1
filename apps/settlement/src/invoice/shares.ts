import type { Allotment, ShareKey } from '@hetao/rating';
import { divide } from './division.js';
import type { Invoice } from './invoice.js';

/** What one party gains by a movement of money, or gives back below zero. */
export interface ShareMove {
  readonly share: ShareKey;
  /** The participant, `exchange`, or `tax:<jurisdiction>`. */
  readonly owner: string;
  readonly deltaMinor: bigint;
}

/** What each party is to have of the invoice as it stands, credit notes taken off; adds up to that exactly. */
export function entitledOf(invoice: Invoice): Allotment {
  const { parts } = divide(invoice, leftNetMinor(invoice), leftTaxMinor(invoice));
  return new Map(parts.map(({ party, amount }) => [party, amount.amountMinor]));
}

/** The rule the invoice is divided by. */
export function splitRuleOf(invoice: Invoice): string {
  return divide(invoice, 0n, 0n).splitRuleVersion;
}

/** Net that no credit note took back. */
export function leftNetMinor({ netMinor, creditedNetMinor }: Invoice): bigint {
  return netMinor - creditedNetMinor;
}

/** Tax that no credit note took back. */
export function leftTaxMinor({ taxMinor, creditedMinor, creditedNetMinor }: Invoice): bigint {
  return taxMinor - (creditedMinor - creditedNetMinor);
}

/** Names whose each part is. */
export function movesOf(invoice: Invoice, changes: Allotment): readonly ShareMove[] {
  return [...changes]
    .filter(([, deltaMinor]) => deltaMinor !== 0n)
    .map(([share, deltaMinor]) => ({ share, owner: ownerOf(invoice, share), deltaMinor }));
}

function ownerOf({ merchantId, channelPartnerId, tax, splitTerms }: Invoice, share: ShareKey): string {
  switch (share) {
    case 'merchant':
      return merchantId;
    case 'channel':
      return channelPartnerId ?? '';
    case 'exchange':
      return 'exchange';
    case 'tax':
      return `tax:${tax.jurisdiction}`;
    case 'withholding':
      return `tax:${splitTerms.withholding?.jurisdiction ?? tax.jurisdiction}`;
    default:
      // `source:<participant>` and `body:<participant>` name their owner.
      return share.slice(share.indexOf(':') + 1);
  }
}
