import { z } from 'zod';
import { cursorQuery, idSchema, pageOf } from '@hetao/runtime';
import { localizedDto, sha256Dto, text } from '../shared/text.dto.js';

const message = {
  text: text(10_000),
  citations: z.array(text(64)).max(30).default([]),
  attachments: z
    .array(z.strictObject({ name: text(300), sha256: sha256Dto }))
    .max(20)
    .default([]),
};
export const messageDto = z.strictObject(message).meta({ id: 'ConsultationMessage' });
export const questionDto = z
  .strictObject({ subject: text(300), declaration_id: idSchema('dcl').nullable().default(null), ...message })
  .meta({ id: 'ConsultationQuestion' });
export const precedentDraftDto = z
  .strictObject({ question: text(5_000), answer: text(10_000), citations: z.array(text(64)).min(1).max(30) })
  .meta({ id: 'PrecedentDraft' });
export const precedentQuery = cursorQuery.extend({
  q: text(100).optional().describe('Words that must all occur in question or answer; Chinese by pairs of characters'),
});

export const openedDto = z.object({ id: z.string() }).meta({ id: 'ConsultationId' });
export const fileQuery = z.strictObject({ name: text(300) });
export const fileDto = z
  .object({ sha256: z.string(), name: z.string(), media_type: z.string(), size: z.int() })
  .meta({ id: 'ConsultationFile' });
export type FileDto = z.output<typeof fileDto>;
export const templateListDto = z
  .object({
    data: z.array(
      z.object({ id: z.string(), subject: localizedDto, text: localizedDto, citations: z.array(z.string()) }),
    ),
  })
  .meta({ id: 'ConsultationTemplates' });
const summary = z.object({
  id: z.string(),
  subject: z.string(),
  declaration_id: z.string().nullable(),
  status: z.enum(['open', 'answered', 'closed']),
  opened_at: z.iso.datetime(),
  changed_at: z.iso.datetime(),
});
export const consultationPageDto = pageOf(summary).meta({ id: 'ConsultationPage' });
export const consultationDto = summary
  .extend({
    messages: z.array(
      z.object({
        number: z.int(),
        from_officer: z.boolean(),
        text: z.string(),
        citations: z.array(z.string()),
        attachments: z.array(z.object({ name: z.string(), sha256: z.string() })),
        author_name: z.string().nullable(),
        at: z.iso.datetime(),
      }),
    ),
    files: z.array(fileDto),
  })
  .meta({ id: 'Consultation' });
export type SummaryDto = z.output<typeof summary>;
export type ConsultationDto = z.output<typeof consultationDto>;
const precedentDto = z.object({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  citations: z.array(z.string()),
  rule_set_version: z.string(),
  published_at: z.iso.datetime(),
});
export type PrecedentDto = z.output<typeof precedentDto>;
export const precedentPageDto = pageOf(precedentDto).meta({ id: 'PrecedentPage' });
export const precedentReviewDto = z
  .object({
    id: z.string(),
    question: z.string(),
    answer: z.string(),
    citations: z.array(z.string()),
    replaced: z.array(z.object({ kind: z.string(), times: z.int() })).describe('What was taken out by itself'),
  })
  .meta({ id: 'PrecedentReview' });
export type PrecedentReviewDto = z.output<typeof precedentReviewDto>;
export const precedentReviewPageDto = pageOf(precedentReviewDto).meta({ id: 'PrecedentReviewPage' });
