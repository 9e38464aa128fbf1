import { z } from 'zod';
import { localized, text } from '@hetao/runtime';
import type { ChecklistItem } from '../checklist/checklist.js';
import { legalisations } from '../checklist/requirement.js';
import type { Paper } from './paper.repository.js';

const date = z.iso.date();

export const newPaperDto = z
  .strictObject({
    title: text(300),
    number: text(100).nullable().default(null),
    issuer: text(200),
    legalisation: z.enum(legalisations).nullable().default(null),
    issued_on: date,
    valid_until: date.nullable().default(null),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be SHA-256 in lower-case hexadecimal'),
  })
  .refine(({ issued_on, valid_until }) => valid_until === null || valid_until >= issued_on, {
    path: ['valid_until'],
    error: 'must not be before issued_on',
  })
  .meta({ id: 'NewParticipantDocument' });
export type NewPaperDto = z.output<typeof newPaperDto>;

export const requirementName = z.string().regex(/^[a-z][a-z0-9_]{1,60}$/, 'must be the name of a requirement');

export const paperDto = z
  .object({
    id: z.string(),
    requirement: z.string(),
    title: z.string(),
    number: z.string().nullable(),
    issuer: z.string(),
    legalisation: z.string().nullable(),
    issued_on: date,
    valid_until: date.nullable(),
    sha256: z.string(),
    added_at: z.iso.datetime(),
  })
  .meta({ id: 'ParticipantDocument' });
export type PaperDto = z.output<typeof paperDto>;

export const checklistDto = z
  .object({
    complete: z.boolean(),
    items: z.array(
      z.object({
        requirement: z.string(),
        title: localized(z.string()),
        article: z.string().describe('Law and article, or authority, that asks for it; in English'),
        article_text: localized(z.string()).describe('The same in every language of the exchange'),
        legalisation: z.enum(legalisations).nullable(),
        max_age_months: z.int().nullable(),
        state: z.enum(['missing', 'expired', 'too_old', 'not_legalised', 'present']),
        document: paperDto.nullable(),
      }),
    ),
  })
  .meta({ id: 'ParticipantChecklist' });
export type ChecklistDto = z.output<typeof checklistDto>;

/** Renders a paper. */
export function toPaperDto(paper: Paper): PaperDto {
  return {
    id: paper.id,
    requirement: paper.requirement,
    title: paper.title,
    number: paper.number,
    issuer: paper.issuer,
    legalisation: paper.legalisation,
    issued_on: paper.issuedOn,
    valid_until: paper.validUntil,
    sha256: paper.sha256,
    added_at: paper.addedAt.toISOString(),
  };
}

/** Renders a checklist with the paper beside each line. */
export function toChecklistDto(items: readonly ChecklistItem[], papers: readonly Paper[]): ChecklistDto {
  return {
    complete: items.every(({ state }) => state === 'present'),
    items: items.map(({ requirement, state }) => {
      const paper = papers.find((candidate) => candidate.requirement === requirement.id);
      return {
        requirement: requirement.id,
        title: requirement.title,
        article: requirement.article.en,
        article_text: requirement.article,
        legalisation: requirement.legalisation,
        max_age_months: requirement.maxAgeMonths,
        state,
        document: paper === undefined ? null : toPaperDto(paper),
      };
    }),
  };
}
