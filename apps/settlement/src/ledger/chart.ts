/** Debit or credit. In storage a debit is a positive amount, a credit a negative one. */
export type Side = 'debit' | 'credit';

interface KindRule {
  /** The side on which the account grows. */
  readonly normal: Side;
  /** Whether the balance may stand on the other side too: clearing and bank accounts, but no debt of ours or to us. */
  readonly mayCross: boolean;
}

interface MovementRule extends Readonly<Record<Side, readonly AccountKind[]>> {
  /** What happened, as an operator reads it beside an entry. */
  readonly because: string;
}

/** Every kind of account there is. The database holds the same list; a spec compares the two. */
export const accountKinds = {
  'receivable:buyer': { normal: 'debit', mayCross: false },
  'payable:merchant': { normal: 'credit', mayCross: false },
  'payable:channel': { normal: 'credit', mayCross: false },
  /** Owed to those whose data a product is made of, and to third parties who check or certify it. */
  'payable:source': { normal: 'credit', mayCross: false },
  'payable:body': { normal: 'credit', mayCross: false },
  /** Owed back to a buyer: refunds and what was paid beyond an invoice. */
  'payable:buyer': { normal: 'credit', mayCross: false },
  /** What a party that was paid out owes back after a refund. */
  'receivable:party': { normal: 'debit', mayCross: false },
  /** Owed to a party but not yet to be paid out: below a threshold, on hold, or kept as a reserve until a date. */
  'payable:deferred': { normal: 'credit', mayCross: false },
  /** Tax held back from a party for its tax authority. */
  withholding_payable: { normal: 'credit', mayCross: false },
  'revenue:exchange_fee': { normal: 'credit', mayCross: false },
  tax_payable: { normal: 'credit', mayCross: false },
  /** Invoiced but not yet paid: owed to nobody until the money is there. Zero once every invoice is paid. */
  'clearing:invoiced': { normal: 'credit', mayCross: true },
  /** Arrived at the bank but not yet told apart. Zero once every credit line is matched. */
  'clearing:bank_in': { normal: 'credit', mayCross: true },
  /** Instructed but not yet seen to leave. Zero once every payout is on a statement. */
  'clearing:bank_out': { normal: 'credit', mayCross: true },
  bank: { normal: 'debit', mayCross: true },
  /** One side of every exchange of currencies: each currency adds up to zero on its own, and this is what is open. */
  trading: { normal: 'debit', mayCross: true },
  'fx:realised': { normal: 'credit', mayCross: true },
  'fx:unrealised': { normal: 'credit', mayCross: true },
  /** What a match leaves over: the bank's fee, a rounding, and what four eyes wrote off. */
  'expense:bank_fees': { normal: 'debit', mayCross: true },
  'expense:rounding': { normal: 'debit', mayCross: true },
  'expense:write_off': { normal: 'debit', mayCross: true },
} as const satisfies Record<string, KindRule>;

export type AccountKind = keyof typeof accountKinds;

/** The kinds that must stand at zero before a period can close. */
export const clearingKinds = ['clearing:invoiced', 'clearing:bank_in', 'clearing:bank_out'] as const;

/**
 * Version of {@link permittedMovements}, stored with every journal transaction. A version that was released never
 * changes; a movement is added by a migration that inserts it into `ledger_movements` under the version in the making.
 */
export const movementRules = 'movements-2';

/** Accounts of those who share a paid invoice. */
const partyKinds = [
  'payable:merchant',
  'payable:channel',
  'payable:source',
  'payable:body',
  'revenue:exchange_fee',
  'tax_payable',
  'withholding_payable',
] as const satisfies readonly AccountKind[];

/** What a match, or four eyes, may post a difference between. */
const clearedKinds = [
  'clearing:bank_in',
  'clearing:bank_out',
  'expense:bank_fees',
  'expense:rounding',
  'expense:write_off',
] as const satisfies readonly AccountKind[];

/** Debts that payouts pay. */
const paidOutKinds = [
  'payable:merchant',
  'payable:channel',
  'payable:source',
  'payable:body',
] as const satisfies readonly AccountKind[];

/** The closed list of what money can do: per movement, the kinds that may be debited and those that may be credited. */
export const permittedMovements = {
  invoice_issued: {
    because: 'An invoice was issued: the buyer owes it.',
    debit: ['receivable:buyer'],
    credit: ['clearing:invoiced'],
  },
  bank_credit: {
    because: 'Money arrived at the bank.',
    debit: ['bank'],
    credit: ['clearing:bank_in'],
  },
  invoice_paid: {
    because: 'A payment settled an invoice and was divided among those it is for.',
    debit: ['clearing:bank_in', 'clearing:invoiced'],
    // What is paid again of an invoice whose payment was taken back clears what its parties owe for it.
    credit: ['receivable:buyer', 'receivable:party', ...partyKinds],
  },
  invoice_voided: {
    because: 'An unpaid invoice was made void: the buyer never owed it.',
    debit: ['clearing:invoiced'],
    credit: ['receivable:buyer'],
  },
  invoice_credited: {
    because: 'A credit note took an invoice back: from the debt while it was open, from the parties once it was paid.',
    debit: ['clearing:invoiced', 'receivable:party', ...partyKinds],
    // A party can gain a unit when the rest is divided anew; what the parties give back is owed to the buyer.
    credit: ['receivable:buyer', 'payable:buyer', 'receivable:party', ...partyKinds],
  },
  payment_reversed: {
    because: 'A payment was taken back: the buyer owes the invoice again.',
    debit: ['receivable:buyer', 'receivable:party', 'payable:buyer', ...partyKinds],
    credit: ['clearing:bank_in', 'clearing:invoiced', 'receivable:party', ...partyKinds],
  },
  currency_converted: {
    because: 'What a party is owed was changed into another currency at a recorded rate.',
    debit: ['payable:merchant', 'payable:channel', 'payable:source', 'payable:body', 'trading'],
    credit: ['payable:merchant', 'payable:channel', 'payable:source', 'payable:body', 'trading'],
  },
  fx_realised: {
    because: 'The rate moved between an invoice and its payment.',
    debit: ['trading', 'fx:realised'],
    credit: ['trading', 'fx:realised'],
  },
  fx_revalued: {
    because: 'Open items were valued at the rate of the period’s end, or that valuation was taken back.',
    debit: ['trading', 'fx:unrealised'],
    credit: ['trading', 'fx:unrealised'],
  },
  payout_instructed: {
    because: 'The bank was told to pay out what a party is owed.',
    debit: [...paidOutKinds, 'payable:deferred'],
    credit: ['clearing:bank_out', 'payable:deferred', 'receivable:party'],
  },
  payable_deferred: {
    because: 'What a party is owed waits: for a threshold, the end of a hold or the release of a reserve.',
    debit: paidOutKinds,
    credit: ['payable:deferred'],
  },
  payout_rejected: {
    because: 'The bank refused a payout before any money left: it is owed again.',
    debit: ['clearing:bank_out', 'payable:deferred', 'receivable:party'],
    credit: [...paidOutKinds, 'payable:deferred'],
  },
  payout_returned: {
    because: 'A payout came back: it is owed again.',
    debit: ['clearing:bank_in', 'payable:deferred', 'receivable:party'],
    credit: [...paidOutKinds, 'payable:deferred'],
  },
  difference_posted: {
    because: 'A match left a difference, or one was written off: the account says which.',
    debit: clearedKinds,
    credit: clearedKinds,
  },
  credit_on_account: {
    because: 'A buyer paid more than it owed, or without saying what for: it is owed to the buyer.',
    debit: ['clearing:bank_in'],
    credit: ['payable:buyer'],
  },
  credit_applied: {
    because: 'A buyer’s credit was used to pay.',
    debit: ['payable:buyer'],
    credit: ['clearing:bank_in'],
  },
  refund_instructed: {
    because: 'The bank was told to send money back to a buyer.',
    debit: ['clearing:bank_in', 'payable:buyer'],
    credit: ['clearing:bank_out'],
  },
  bank_debit: {
    because: 'Money left the bank.',
    debit: ['clearing:bank_out'],
    credit: ['bank'],
  },
} as const satisfies Record<string, MovementRule>;

export type Movement = keyof typeof permittedMovements;
