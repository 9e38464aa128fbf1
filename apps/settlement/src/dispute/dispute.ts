import { defineTransitions, money, Decimal, allocate, type Currency } from '@hetao/kernel';
import type { Invoice } from '../invoice/invoice.js';
import { entitledOf, movesOf, type ShareMove } from '../invoice/shares.js';

export type DisputeState = 'open' | 'upheld' | 'rejected';

/** A dispute's life: an operator decides it once. Upheld, a credit note takes the disputed amount back. */
export const disputeTransitions = defineTransitions<DisputeState, 'uphold' | 'reject'>({
  open: { uphold: 'upheld', reject: 'rejected' },
  upheld: {},
  rejected: {},
}).assertReachable('open');

/** A buyer's objection to a line. Amounts are minor units of the invoice's currency. */
export interface Dispute {
  readonly disputeId: string;
  readonly invoiceId: string;
  readonly lineNo: number;
  readonly currency: Currency;
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  readonly reason: string;
  readonly state: DisputeState;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly decision: string | null;
  readonly decidedAt: Date | null;
  readonly creditNoteId: string | null;
}

/** What each party may not be paid out while the dispute is open: its part of the disputed amount. */
export function holdsOf(invoice: Invoice, grossMinor: bigint): readonly ShareMove[] {
  const weights = [...entitledOf(invoice)].map(([party, minor]) => ({ party, weight: Decimal.of(minor) }));
  if (grossMinor === 0n || weights.every(({ weight }) => weight.isZero())) return [];
  const parts = allocate(money(grossMinor, invoice.currency), weights);
  return movesOf(invoice, new Map(parts.map(({ party, amount }) => [party, amount.amountMinor])));
}
