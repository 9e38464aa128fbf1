import { defineTransitions, err, ok, type Result } from '@hetao/kernel';
import { outputErrors, type OutputError } from './output.errors.js';

export type OutputState =
  | 'auto_checked'
  | 'partially_reviewed'
  | 'reviewed'
  | 'approved'
  | 'released'
  | 'returned'
  | 'rejected'
  | 'withdrawn'
  | 'recalled'
  | 'blocked_by_scan';
export type OutputCommand = 'vote' | 'decide' | 'release' | 'return' | 'reject' | 'withdraw' | 'recall' | 'resubmit';

/**
 * The life of a request to take a result out (section 6). Scan and check happen in the transaction that takes the request in,
 * so that it is never seen unchecked.
 */
export const outputTransitions = defineTransitions<OutputState, OutputCommand>({
  auto_checked: { vote: ['partially_reviewed', 'reviewed'], withdraw: 'withdrawn' },
  partially_reviewed: { vote: ['partially_reviewed', 'reviewed'], withdraw: 'withdrawn' },
  reviewed: { vote: 'reviewed', decide: 'approved', return: 'returned', reject: 'rejected', withdraw: 'withdrawn' },
  approved: { release: 'released' },
  released: { recall: 'recalled' },
  returned: { resubmit: ['auto_checked', 'blocked_by_scan'], withdraw: 'withdrawn' },
  rejected: {},
  withdrawn: {},
  recalled: {},
  blocked_by_scan: { resubmit: ['auto_checked', 'blocked_by_scan'], withdraw: 'withdrawn' },
}).assertReachable('auto_checked');

export const votes = ['approve', 'changes', 'reject'] as const;
export type Vote = (typeof votes)[number];

/** What one reviewer thinks of one content. */
export interface Review {
  readonly reviewer: string;
  /** Whether the reviewer is of the organisation whose data it is. */
  readonly isCustodian: boolean;
  readonly contentHash: string;
  readonly vote: Vote;
  readonly comment: string;
  readonly votedAt: Date;
}

/** What the machine found before anybody looked. */
export interface OutputCheck {
  readonly name: string;
  readonly verdict: 'pass' | 'review' | 'fail';
  readonly detail: string;
}

/** A request, as far as the two-person rule asks. */
export interface ReviewedOutput {
  readonly author: string;
  readonly state: OutputState;
  readonly contentHash: string;
  readonly checks: readonly OutputCheck[];
  /** A steward's written exception from a failed check. */
  readonly exception: { readonly by: string; readonly reason: string } | null;
}

const REVIEWERS = 2;

/** Takes a vote in. The author never votes, nobody twice on one content, and only this content counts. */
export function takeVote(
  output: ReviewedOutput,
  reviews: readonly Review[],
  vote: Review,
): Result<OutputState, OutputError> {
  if (vote.reviewer === output.author)
    return err(outputErrors.OUTPUT_REVIEW_OWN('You asked for this result yourself.'));
  if (vote.contentHash !== output.contentHash) {
    return err(outputErrors.OUTPUT_CHANGED(`You looked at ${vote.contentHash}; it is ${output.contentHash} now.`));
  }
  const current = valid(output, reviews);
  if (current.some(({ reviewer }) => reviewer === vote.reviewer)) {
    return err(outputErrors.OUTPUT_VOTED_ALREADY('You have voted on this content.'));
  }
  if (!outputTransitions.canTransition(output.state, 'vote')) return err(cannot(output.state, 'vote'));
  return ok(isDecidable([...current, vote]) ? 'reviewed' : 'partially_reviewed');
}

/**
 * Where a reviewed request goes: out, back to its author, or nowhere. Two approvals of two people, neither of them the
 * author, one the custodian's; against any other vote a third person decides; a failed check needs a steward's exception.
 */
export function decide(output: ReviewedOutput, reviews: readonly Review[]): 'approve' | 'return' | 'reject' | 'wait' {
  const current = valid(output, reviews);
  const of = (vote: Vote): number => current.filter((one) => one.vote === vote).length;
  if (!isDecidable(current)) return 'wait';
  if (of('reject') >= REVIEWERS) return 'reject';
  if (of('approve') < REVIEWERS)
    return current.length > REVIEWERS ? 'return' : isUnanimous(current) ? 'return' : 'wait';
  const approving = current.filter(({ vote }) => vote === 'approve');
  if (!approving.some(({ isCustodian }) => isCustodian) || isBlocked(output)) return 'wait';
  return 'approve';
}

/** A failed check keeps a result in, unless a steward has written why not. */
export function isBlocked({ checks, exception }: ReviewedOutput): boolean {
  return checks.some(({ verdict }) => verdict === 'fail') && exception === null;
}

/** Before both have voted, a reviewer sees nobody's vote but their own. */
export function visibleReviews(output: ReviewedOutput, reviews: readonly Review[], reader: string): readonly Review[] {
  const current = valid(output, reviews);
  return isDecidable(current) ? current : current.filter(({ reviewer }) => reviewer === reader);
}

/** The reviews that count: of this very content, of people other than its author. */
export function valid(output: ReviewedOutput, reviews: readonly Review[]): readonly Review[] {
  return reviews.filter(
    ({ reviewer, contentHash }) => reviewer !== output.author && contentHash === output.contentHash,
  );
}

export function cannot(state: OutputState, command: OutputCommand): OutputError {
  const possible = outputTransitions.commandsFrom(state).join(', ') || 'nothing';
  return outputErrors.OUTPUT_CANNOT_NOW(`A request that is ${state} cannot ${command}; it can ${possible}.`);
}

function isDecidable(reviews: readonly Review[]): boolean {
  return new Set(reviews.map(({ reviewer }) => reviewer)).size >= REVIEWERS;
}

function isUnanimous(reviews: readonly Review[]): boolean {
  return reviews.every(({ vote }) => vote === reviews[0]?.vote);
}
