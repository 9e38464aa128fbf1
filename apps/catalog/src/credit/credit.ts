/** What is counted of a participant, and from whose words. */
export const creditFacts = ['agreement', 'terminated', 'credit_note', 'paid_in_time', 'paid_late'] as const;
export type CreditFact = (typeof creditFacts)[number];

/** How promptly something came; times in seconds. */
export interface Promptness {
  readonly count: number;
  /** Median, whole seconds; null before the first. */
  readonly medianSeconds: number | null;
}

/** A record measured from what happened: no grade, no opinion. */
export interface CreditRecord {
  readonly facts: Readonly<Record<CreditFact, number>>;
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
