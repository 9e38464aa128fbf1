import { z } from 'zod';
import type { RuleSet } from '@hetao/rules';
import { pageOf } from '@hetao/runtime';
import { dateDto, localizedDto, sha256Dto, text } from '../shared/text.dto.js';
import type { RuleSetVersion } from './rule-set.js';

const id = text(80);
const ids = z.array(id).max(50);
const certainty = z.enum(['settled', 'likely', 'disputed', 'design']);
const scalar = z.union([z.string().max(80), z.int(), z.boolean()]);
const operator = z.enum(['eq', 'ne', 'in', 'nin', 'lt', 'lte', 'gt', 'gte', 'eqfact']);
const clause = z.tuple([id, operator, z.union([scalar, z.array(scalar).max(50)])]);
const all = z.array(clause).max(30);
const condition = z.strictObject({ all, any: z.array(z.strictObject({ all })).max(10).optional() });
const cited = { id, text: localizedDto, when: condition, cite: ids, certainty };

const clock = z.strictObject({
  id,
  text: localizedDto,
  by: z.enum(['exporter', 'authority']),
  from: id,
  count: z.int().min(1).max(1000),
  unit: z.enum(['working_day', 'calendar_day', 'month']),
  direction: z.enum(['forward', 'before']),
  extendableBy: z.int().min(1).max(1000).nullable().optional(),
});
const validity = z.union([
  z.strictObject({ years: z.int().min(1).max(30), from: id }),
  z.strictObject({ contractTerm: z.literal(true) }),
  z.null(),
]);
const requirement = z.strictObject({
  id,
  authority: localizedDto,
  documents: z.array(z.strictObject({ id, text: localizedDto })).max(50),
  clocks: z.array(clock).max(30),
  validity,
  notes: z.array(localizedDto).max(20),
});
const question = { key: id, question: localizedDto };
const fact = z.union([
  z.strictObject({
    ...question,
    type: z.literal('enum'),
    values: z.array(id).min(2).max(40),
    labels: z.record(id, localizedDto).optional(),
  }),
  z.strictObject({ ...question, type: z.enum(['bool', 'int']) }),
]);

/** A rule set as data. What its names and rules mean together is checked by `checkRuleSet`. */
export const ruleSetContentDto = z
  .strictObject({
    id,
    version: z.string().regex(/^[0-9]{4}\.[0-9]{2}\.[0-9]{1,3}$/, 'must be like 2026.11.0'),
    effectiveFrom: dateDto,
    lawCutoff: dateDto,
    logic: z.literal('kleene'),
    stages: z
      .array(z.strictObject({ id, unknown: z.enum(['stop', 'go_on']) }))
      .min(1)
      .max(20),
    pathways: z
      .array(
        z.strictObject({
          id,
          text: localizedDto,
          final: z.boolean(),
          weight: z.int().optional(),
          requirement: id.optional(),
          alternatives: ids.optional(),
        }),
      )
      .max(60),
    facts: z.array(fact).min(1).max(100),
    rules: z
      .array(z.strictObject({ ...cited, stage: id, then: id, overrides: ids.optional() }))
      .min(1)
      .max(150),
    flags: z
      .array(
        z.strictObject({
          ...cited,
          track: id.optional(),
          requirement: id.optional(),
          alternative: z.boolean().optional(),
        }),
      )
      .max(60),
    contradictions: z.array(z.strictObject({ id, text: localizedDto, when: z.strictObject({ all }) })).max(60),
    doubts: z.array(z.strictObject({ id, text: localizedDto, when: condition })).max(60),
    citations: z.array(z.strictObject({ id, text: localizedDto, mark: text(200) })).max(300),
    requirements: z.array(requirement).max(60),
  })
  .meta({ id: 'RuleSetContent' });
/** The same shape as the engine's own type; JSON has no `undefined`, so optional keys are simply absent. */
export const toRuleSet = (content: z.output<typeof ruleSetContentDto>): RuleSet => content as RuleSet;

export const signatureDto = z.strictObject({ content_sha256: sha256Dto }).meta({ id: 'RuleSetSignature' });

export const ruleSetDto = z
  .object({
    id: z.string(),
    name: z.string(),
    version: z.string(),
    effective_from: z.string(),
    content_sha256: z.string(),
    status: z.enum(['proposed', 'published']),
    signatures: z.array(z.object({ subject: z.string(), at: z.string() })),
    proposed_by: z.string(),
    proposed_at: z.iso.datetime(),
    published_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RuleSetVersion' });
export type RuleSetDto = z.output<typeof ruleSetDto>;
export const ruleSetListDto = z.object({ data: z.array(ruleSetDto) }).meta({ id: 'RuleSetVersions' });

export const changesDto = z
  .object({
    compared: z.int(),
    more: z.boolean().describe('True when there are further declarations; pass the last id as after'),
    changes: z.array(
      z.object({
        declaration_id: z.string(),
        status: z.string(),
        before: z.object({ version: z.string(), pathway: z.string(), rule: z.string().nullable() }),
        after: z.object({ version: z.string(), pathway: z.string(), rule: z.string().nullable() }),
        flags_added: z.array(z.string()),
        flags_gone: z.array(z.string()),
        problem: z.string().nullable().describe('Why the old facts cannot be evaluated under the new version'),
      }),
    ),
  })
  .meta({ id: 'RuleSetChanges' });
export type ChangesDto = z.output<typeof changesDto>;

export const ruleSetReportDto = pageOf(changesDto.shape.changes.element)
  .extend({
    compared: z.int().nullable().describe('Declarations compared so far; null for those who see only their own'),
    changed: z.int().nullable(),
    finished: z.boolean(),
    moves: z.array(z.object({ before: z.string(), after: z.string(), declarations: z.int() })),
  })
  .meta({ id: 'RuleSetReport' });
export type RuleSetReportDto = z.output<typeof ruleSetReportDto>;

export function toRuleSetDto(version: Omit<RuleSetVersion, 'content'>): RuleSetDto {
  return {
    id: version.id,
    name: version.name,
    version: version.version,
    effective_from: version.effectiveFrom,
    content_sha256: version.contentSha256,
    status: version.status,
    signatures: [...version.signatures],
    proposed_by: version.proposedBy,
    proposed_at: version.proposedAt.toISOString(),
    published_at: version.publishedAt?.toISOString() ?? null,
  };
}
