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

/** The places of a listing a reviewer may ask about, as RFC 6901 pointers into it. */
export const commentable = ({ fields }: Pick<Product, 'fields'>): readonly string[] => [
  '/name',
  '/description',
  ...fields.map((_field, index) => `/fields/${index}`),
];

/** Which of the fields a pointer leads into; -1 where none. */
export const fieldAt = (pointer: string): number => Number(/^\/fields\/(\d+)(?:\/|$)/.exec(pointer)?.[1] ?? -1);
