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
  'revenue:exchange_fee': { normal: 'credit', mayCross: false },
  tax_payable: { normal: 'credit', mayCross: false },
  /** Invoiced but not yet paid: owed to nobody until the money is there. Zero once every invoice is paid. */
  'clearing:invoiced': { normal: 'credit', mayCross: true },
  /** Arrived at the bank but not yet told apart. Zero once every credit line is matched. */
  'clearing:bank_in': { normal: 'credit', mayCross: true },
  /** Instructed but not yet seen to leave. Zero once every payout is on a statement. */
  'clearing:bank_out': { normal: 'credit', mayCross: true },
  bank: { normal: 'debit', mayCross: true },
} as const satisfies Record<string, KindRule>;

export type AccountKind = keyof typeof accountKinds;

/** The kinds that must stand at zero before a period can close. */
export const clearingKinds = ['clearing:invoiced', 'clearing:bank_in', 'clearing:bank_out'] as const;

/**
 * Version of {@link permittedMovements}, stored with every journal transaction. A version that was released never
 * changes; a movement is added by a migration that inserts it into `ledger_movements` under the version in the making.
 */
export const movementRules = 'movements-2';

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
    credit: ['receivable:buyer', 'payable:merchant', 'payable:channel', 'revenue:exchange_fee', 'tax_payable'],
  },
  payout_instructed: {
    because: 'The bank was told to pay out what a party is owed.',
    debit: ['payable:merchant', 'payable:channel'],
    credit: ['clearing:bank_out'],
  },
  bank_debit: {
    because: 'Money left the bank.',
    debit: ['clearing:bank_out'],
    credit: ['bank'],
  },
} as const satisfies Record<string, MovementRule>;

export type Movement = keyof typeof permittedMovements;
