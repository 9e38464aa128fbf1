/** The steps a listing is reviewed in, one after the other. */
export const reviewSteps = ['source_check', 'quality_check', 'legal_review', 'exchange_review'] as const;
export type ReviewStep = (typeof reviewSteps)[number];

/** Whose eyes a step needs: who passed one of the named steps may not decide it as well. */
export const independentOf: Readonly<Record<ReviewStep, readonly ReviewStep[]>> = {
  source_check: [],
  quality_check: [],
  legal_review: [],
  exchange_review: ['source_check', 'quality_check', 'legal_review'],
};

/** A step that was passed: by a person, or by a certificate that makes looking again needless. */
export interface PassedStep {
  readonly step: ReviewStep;
  /** Subject of the reviewer, or the number of the certificate. */
  readonly by: string;
  /** Instant, ISO 8601. */
  readonly at: string;
  readonly note: string | null;
}

/** True for a status that is one of the steps. */
export function isReviewStep(status: string): status is ReviewStep {
  return (reviewSteps as readonly string[]).includes(status);
}

/** The step whose reviewer may not decide this one; undefined when these eyes are fresh. */
export function seenBefore(step: ReviewStep, subject: string, passed: readonly PassedStep[]): ReviewStep | undefined {
  return passed.find((done) => done.by === subject && independentOf[step].includes(done.step))?.step;
}
