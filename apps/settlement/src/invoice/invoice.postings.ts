import type { Currency } from '@hetao/kernel';
import type { ShareKey } from '@hetao/rating';
import {
  credit,
  debit,
  exchangeOwner,
  type AccountKey,
  type AccountKind,
  type Leg,
  type Posting,
} from '../ledger/ledger.js';
import type { Invoice } from './invoice.js';
import type { CreditedInvoice, ReversedPayment, SettledInvoice } from './invoice.settling.js';
import type { AccountMove } from './party-accounts.js';

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
  { invoice }: SettledInvoice,
  payment: {
    readonly paymentId: string;
    readonly amountMinor: bigint;
    readonly effectiveAt: Date;
    readonly period: string;
    readonly moves: readonly AccountMove[];
  },
): Posting {
  const { invoiceId, buyerId, currency } = invoice;
  const { paymentId, amountMinor, effectiveAt, period, moves } = payment;
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
      ...partyLegs(moves, currency),
    ],
  };
}

/** What a correction is written with. */
export interface CorrectionContext {
  /** Names the cause in the idempotency key and the reference. */
  readonly causeId: string;
  readonly effectiveAt: Date;
  readonly period: string;
  /** What each party gains or gives back, and where it stands. */
  readonly moves: readonly AccountMove[];
}

/** A payment goes back to the money nobody has placed yet, and the buyer owes again. */
export function reversedPosting(reversed: ReversedPayment, context: CorrectionContext): Posting {
  const { invoice, takenMinor, notRefundedMinor } = reversed;
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
      ...partyLegs(context.moves, currency),
      credit(ofExchange('clearing:bank_in', currency), takenMinor + notRefundedMinor),
      credit(ofExchange('clearing:invoiced', currency), takenMinor),
    ].filter(({ amountMinor }) => amountMinor > 0n),
  };
}

/** What was not paid is no longer owed; what was paid is owed back, by those who got it. */
export function creditedPosting(credited: CreditedInvoice, context: CorrectionContext): Posting {
  const { invoice, loweredMinor, refundMinor } = credited;
  const { buyerId, currency } = invoice;
  return {
    idempotencyKey: `invoice_credited:${context.causeId}`,
    movement: 'invoice_credited',
    effectiveAt: context.effectiveAt,
    period: context.period,
    reference: { kind: 'credit_note', id: context.causeId },
    legs: [
      debit(ofExchange('clearing:invoiced', currency), loweredMinor),
      ...partyLegs(context.moves, currency),
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

/** Onto a party's account or from it, and what it owes back more or less than before. */
function partyLegs(moves: readonly AccountMove[], currency: Currency): readonly Leg[] {
  return moves.flatMap(({ share, owner, accountMinor, debtMinor }) => {
    const account = { owner, kind: kindOf(share), currency };
    const debt = { owner, kind: 'receivable:party' as const, currency };
    return [...signed(account, -accountMinor), ...signed(debt, debtMinor)];
  });
}

/** A debit above zero, a credit below it, nothing at zero. */
function signed(account: AccountKey, minor: bigint): readonly Leg[] {
  if (minor === 0n) return [];
  return [minor > 0n ? debit(account, minor) : credit(account, -minor)];
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
