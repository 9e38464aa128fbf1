import type { ListingReviewView, Product } from '@hetao/client';
import { reviewStatuses } from './review-status.js';

const PASSABLE = ['source_check', 'quality_check', 'legal_review'] as const;

/** What an operator may do with a listing as it stands; the catalog decides in the end. */
export interface ReviewMoves {
  /** The step that can be passed now. */
  readonly pass: (typeof PASSABLE)[number] | undefined;
  readonly approve: boolean;
  readonly decide: boolean;
  readonly suspend: boolean;
  readonly resume: boolean;
}

export function movesOf(status: Product['status']): ReviewMoves {
  return {
    pass: PASSABLE.find((step) => step === status),
    approve: status === 'submitted' || status === 'exchange_review',
    decide: reviewStatuses.some((step) => step === status),
    suspend: status === 'listed',
    resume: status === 'suspended',
  };
}

type Finding = ListingReviewView['findings'][number];

const WEIGHT: Readonly<Record<Finding['level'], number>> = { forbidden: 0, blocking: 1, advice: 2 };

/** What the automatic checks found, the gravest first. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((left, right) => WEIGHT[left.level] - WEIGHT[right.level]);
}

/** A value of a listing in one line, as its change is shown. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
