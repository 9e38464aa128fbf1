import { z } from 'zod';
import type { JsonValue } from '@hetao/kernel';
import { reasonDto, text } from '@hetao/runtime';
import { findingLevels } from '../review/finding.js';
import { reviewSteps } from '../review/review-steps.js';

export const productReasonDto = reasonDto.meta({ id: 'ListingReason' });
export type ProductReasonDto = z.output<typeof productReasonDto>;

export const passedStepDto = z
  .strictObject({ step: z.enum(reviewSteps), note: text(500).nullable().default(null) })
  .meta({ id: 'PassedReviewStep' });
export type PassedStepDto = z.output<typeof passedStepDto>;

export const refusalDto = z
  .strictObject({
    article: text(200).describe('Law and article, or rule of the exchange'),
    reason: text(500),
    pointer: z.string().max(300).nullable().default(null),
  })
  .meta({ id: 'ListingRefusal' });
export type RefusalDto = z.output<typeof refusalDto>;

export const findingDto = z
  .object({
    code: z.string(),
    level: z.enum(findingLevels),
    pointer: z.string(),
    detail: z.string(),
    article: z.string().nullable(),
  })
  .meta({ id: 'ListingFinding' });

export const reviewViewDto = z
  .object({
    findings: z.array(findingDto).describe('What the automatic checks say of the product as it is now'),
    submission: z.int().describe('Number of the last hand-in; 0 before the first'),
    changes: z
      .array(z.object({ pointer: z.string(), before: z.json(), after: z.json() }))
      .describe('What differs from the hand-in before the last'),
    waiting_since: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ListingReviewView' });
export type ReviewViewDto = Omit<z.output<typeof reviewViewDto>, 'changes'> & {
  changes: { pointer: string; before: JsonValue; after: JsonValue }[];
};
