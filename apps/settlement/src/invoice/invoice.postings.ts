import type { Currency } from '@hetao/kernel';
import type { ShareKey } from '@hetao/rating';
import { credit, debit, exchangeOwner, type AccountKind, type Leg, type Posting } from '../ledger/ledger.js';
import type { Invoice } from './invoice.js';
import type { CreditedInvoice, ReversedPayment, SettledInvoice } from './invoice.settling.js';
import type { ShareMove } from './shares.js';

/** What was handed on to a party already, by share: it cannot be taken from its account any more. */
export type PaidOut = ReadonlyMap<ShareKey, bigint>;

/** The buyer owes; nobody is owed yet. Effective at the period's last instant, whenever the invoice is written. */
export function issuedPosting(invoice: Invoice, periodEndsAt: Date): Posting {
  const { invoiceId, buyerId, currency, grossMinor, period } = invoice;
  return {
    idempotencyKey: `invoice_issued:${invoiceId}`,
    movement: 'invoice_issued',
    effectiveAt: new Date(periodEndsAt.getTime() - 1),
    period,
    reference: { kind: 'invoice', id: invoiceId },
    legs: [
      debit({ owner: buyerId, kind: 'receivable:buyer', currency }, grossMinor),
      credit(ofExchange('clearing:invoiced', currency), grossMinor),
    ],
  };
}

/**
 * The money that arrived settles what the buyer owed, and only now is owed to those it is for. In the books of the
 * payment's period: the invoice's own may be closed by then.
 */
export function paidPosting(
  { invoice, moves }: SettledInvoice,
  payment: {
    readonly paymentId: string;
    readonly amountMinor: bigint;
    readonly effectiveAt: Date;
    readonly period: string;
  },
): Posting {
  const { invoiceId, buyerId, currency } = invoice;
  const { paymentId, amountMinor, effectiveAt, period } = payment;
  return {
    idempotencyKey: `invoice_paid:${invoiceId}:${paymentId}`,
    movement: 'invoice_paid',
    effectiveAt,
    period,
    reference: { kind: 'invoice', id: invoiceId },
    legs: [
      debit(ofExchange('clearing:bank_in', currency), amountMinor),
      debit(ofExchange('clearing:invoiced', currency), amountMinor),
      credit({ owner: buyerId, kind: 'receivable:buyer', currency }, amountMinor),
      ...partyLegs(moves, currency, new Map(), new Map()),
    ],
  };
}

/** What a correction is written with. */
export interface CorrectionContext {
  /** Names the cause in the idempotency key and the reference. */
  readonly causeId: string;
  readonly effectiveAt: Date;
  readonly period: string;
  /** What each party held of the invoice before, and what of it was paid out. */
  readonly held: ReadonlyMap<ShareKey, bigint>;
  readonly paidOut: PaidOut;
}

/** A payment goes back to the money nobody has placed yet, and the buyer owes again. */
export function reversedPosting(reversed: ReversedPayment, context: CorrectionContext): Posting {
  const { invoice, moves, takenMinor, notRefundedMinor } = reversed;
  const { invoiceId, buyerId, currency } = invoice;
  return {
    idempotencyKey: `payment_reversed:${context.causeId}`,
    movement: 'payment_reversed',
    effectiveAt: context.effectiveAt,
    period: context.period,
    reference: { kind: 'invoice', id: invoiceId },
    legs: [
      debit({ owner: buyerId, kind: 'receivable:buyer', currency }, takenMinor),
      debit({ owner: buyerId, kind: 'payable:buyer', currency }, notRefundedMinor),
      ...partyLegs(moves, currency, context.held, context.paidOut),
      credit(ofExchange('clearing:bank_in', currency), takenMinor + notRefundedMinor),
      credit(ofExchange('clearing:invoiced', currency), takenMinor),
    ].filter(({ amountMinor }) => amountMinor > 0n),
  };
}

/** What was not paid is no longer owed; what was paid is owed back, by those who got it. */
export function creditedPosting(credited: CreditedInvoice, context: CorrectionContext): Posting {
  const { invoice, moves, loweredMinor, refundMinor } = credited;
  const { buyerId, currency } = invoice;
  return {
    idempotencyKey: `invoice_credited:${context.causeId}`,
    movement: 'invoice_credited',
    effectiveAt: context.effectiveAt,
    period: context.period,
    reference: { kind: 'credit_note', id: context.causeId },
    legs: [
      debit(ofExchange('clearing:invoiced', currency), loweredMinor),
      ...partyLegs(moves, currency, context.held, context.paidOut),
      credit({ owner: buyerId, kind: 'receivable:buyer', currency }, loweredMinor),
      credit({ owner: buyerId, kind: 'payable:buyer', currency }, refundMinor),
    ].filter(({ amountMinor }) => amountMinor > 0n),
  };
}

/** The exact opposite of the issue, at the same instant. */
export function voidedPosting(invoice: Invoice, periodEndsAt: Date): Posting {
  const { invoiceId, buyerId, currency, grossMinor, period } = invoice;
  return {
    idempotencyKey: `invoice_voided:${invoiceId}`,
    movement: 'invoice_voided',
    effectiveAt: new Date(periodEndsAt.getTime() - 1),
    period,
    reference: { kind: 'invoice', id: invoiceId },
    legs: [
      debit(ofExchange('clearing:invoiced', currency), grossMinor),
      credit({ owner: buyerId, kind: 'receivable:buyer', currency }, grossMinor),
    ],
  };
}

/** A party gives back from its account what is still there, and owes what was paid out to it before. */
function partyLegs(
  moves: readonly ShareMove[],
  currency: Currency,
  held: ReadonlyMap<ShareKey, bigint>,
  paidOut: PaidOut,
): readonly Leg[] {
  return moves.flatMap(({ share, owner, deltaMinor }) => {
    const account = { owner, kind: kindOf(share), currency };
    if (deltaMinor > 0n) return [credit(account, deltaMinor)];
    const there = (held.get(share) ?? 0n) - (paidOut.get(share) ?? 0n);
    const back = -deltaMinor;
    const fromAccount = there <= 0n ? 0n : there < back ? there : back;
    return [
      ...(fromAccount > 0n ? [debit(account, fromAccount)] : []),
      ...(back > fromAccount ? [debit({ owner, kind: 'receivable:party', currency }, back - fromAccount)] : []),
    ];
  });
}

function kindOf(share: ShareKey): AccountKind {
  switch (share) {
    case 'merchant':
      return 'payable:merchant';
    case 'channel':
      return 'payable:channel';
    case 'exchange':
      return 'revenue:exchange_fee';
    case 'tax':
      return 'tax_payable';
    case 'withholding':
      return 'withholding_payable';
    default:
      return share.startsWith('source:') ? 'payable:source' : 'payable:body';
  }
}

function ofExchange(kind: AccountKind, currency: Currency) {
  return { owner: exchangeOwner, kind, currency };
}
