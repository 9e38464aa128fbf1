/** What others told of a participant, counted by what it is. */
export const creditFacts = [
  'agreement',
  'terminated',
  'credit_note',
  'paid_in_time',
  'paid_late',
  'dispute_opened',
  'dispute_faced',
  'dispute_lost',
] as const;
export type CreditFact = (typeof creditFacts)[number];

/** Everything a number of the record is counted from, and can be opened to. */
export const creditEntryKinds = [
  ...creditFacts,
  'access_request',
  'answer_to_demand',
  'answer_to_reviewer',
  'refresh',
] as const;
export type CreditEntryKind = (typeof creditEntryKinds)[number];

/** One thing that was counted. */
export interface CreditEntry {
  /** What it is about, by its id; who may read that is told where it is read. */
  readonly reference: string;
  readonly at: Date;
  /** How long the answer took, whole seconds; null where there is none. */
  readonly seconds: number | null;
  /** What came of it; null where nothing has, or nothing is to come. */
  readonly outcome: string | null;
}

/** How promptly something came; times in seconds. */
export interface Promptness {
  readonly count: number;
  /** Median, whole seconds; null before the first. */
  readonly medianSeconds: number | null;
}

/** Requests for access, and how the merchant met them. */
export interface AccessRequests {
  readonly asked: number;
  /** Agreed, countered or declined. What the buyer took back before is no answer, and no fault. */
  readonly answered: Promptness;
  /** Whose time ran out without a word of the merchant. */
  readonly expired: number;
}

/** A record measured from what happened: no grade, no opinion. */
export interface CreditRecord {
  readonly facts: Readonly<Record<CreditFact, number>>;
  /** From a request for access to this merchant's first word. */
  readonly accessRequests: AccessRequests;
  /** From a need on the demand board to this merchant's first answer. */
  readonly answersToDemands: Promptness;
  /** From a reviewer's comment to the answer. */
  readonly answersToReviewers: Promptness;
  /** Refreshes of its products against their promised cadence. */
  readonly refreshes: { readonly delivered: number; readonly late: number };
}

/** Whether an invoice was paid by the end of its due date, in the exchange's calendar. */
export function paymentFact(dueDate: string, paidOn: string): CreditFact {
  return paidOn <= dueDate ? 'paid_in_time' : 'paid_late';
}

/** Who lost a dispute by its ruling; nobody where the two settled it, or it was taken back. */
export function loserOf(
  outcome: 'settled' | 'withdrawn' | 'upheld' | 'rejected',
  { openedBy, against }: { readonly openedBy: string; readonly against: string },
): string | null {
  if (outcome === 'upheld') return against;
  return outcome === 'rejected' ? openedBy : null;
}
