import { cursorQuery, idSchema, pageOf } from '@hetao/runtime';
import { z } from 'zod';
import { codeLanguages } from '../code/code-plan.js';
import { isolationLevels } from '../isolation/isolation-level.js';
import { jobKinds, jobTransitions, type JobKind } from './job.js';
import type { Job } from './job.record.js';

const column = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'is the name of a column or table');
const measure = z.strictObject({
  kind: z.enum(['rows', 'patients', 'sum', 'avg', 'stddev', 'quantile']),
  column: column.optional(),
  quantile: z.number().min(0.05).max(0.95).optional(),
});
const codeMeasure = z.strictObject({ kind: z.enum(['patients', 'sum', 'avg']), of: column.optional() });
const common = { enclave_id: idSchema('enc'), dry_run: z.boolean().default(false) };

/** A job of each kind; `dry_run` runs it on the synthetic twin, which comes first and costs nothing. */
export const newJobDto = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...common, kind: z.literal('sql'), sql: z.string().min(1).max(10_000) }),
    z.strictObject({
      ...{ ...common, kind: z.literal('table'), table: column },
      ...{ group_by: z.array(column).max(4), measures: z.array(measure).min(1).max(8) },
    }),
    z.strictObject({
      ...{ ...common, kind: z.literal('regression'), table: column, outcome: column },
      covariates: z.array(column).min(1).max(20),
    }),
    z.strictObject({
      ...{ ...common, kind: z.literal('survival'), table: column, time: column, event: column },
      by: column.nullable().default(null),
    }),
    z.strictObject({
      ...{ ...common, kind: z.literal('clustering'), table: column },
      ...{ columns: z.array(column).min(1).max(8), clusters: z.int().min(2).max(10) },
    }),
    z.strictObject({
      ...{ ...common, kind: z.literal('code'), language: z.enum(codeLanguages) },
      source: z.string().min(1).max(100_000),
      reads: z
        .array(z.strictObject({ table: column, columns: z.array(column).min(1).max(40) }))
        .min(1)
        .max(8),
      ...{ groups: z.array(column).max(4), measures: z.array(codeMeasure).min(1).max(8) },
    }),
  ])
  .meta({ id: 'NewSandboxJob' });

/** The body as jobs keep it. */
export function bodyOf(job: z.output<typeof newJobDto>): { kind: JobKind; body: Readonly<Record<string, unknown>> } {
  if (job.kind === 'sql') return { kind: job.kind, body: { sql: job.sql } };
  if (job.kind === 'table')
    return { kind: job.kind, body: { table: job.table, groupBy: job.group_by, measures: job.measures } };
  if (job.kind === 'code') {
    const { kind, language, source, reads, groups, measures } = job;
    return { kind, body: { language, source, reads, groups, measures } };
  }
  const { kind, table } = job;
  if (kind === 'regression')
    return { kind, body: { analysis: kind, table, outcome: job.outcome, covariates: job.covariates } };
  if (kind === 'survival')
    return { kind, body: { analysis: kind, table, time: job.time, event: job.event, by: job.by } };
  return { kind, body: { analysis: kind, table, columns: job.columns, clusters: job.clusters } };
}

const localized = z.object({ en: z.string(), 'zh-Hans': z.string(), 'zh-Hant': z.string() });
const amounts = z.record(z.string(), z.number());
export const jobDto = z
  .object({
    ...{ id: z.string(), enclave_id: z.string(), dataset_version_id: z.string(), agreement_id: z.string() },
    ...{ author: z.string(), kind: z.enum(jobKinds), code_hash: z.string(), dry_run: z.boolean() },
    ...{ state: z.enum(jobTransitions.states), reason: z.string().nullable(), progress: z.int() },
    ...{ isolation_level: z.enum(isolationLevels).nullable(), money: z.enum(['reserved', 'settled', 'refunded']) },
    ...{ reserved: amounts, used: amounts.nullable() },
    legal_basis: z.object({
      kind: z.string(),
      reference: z.string(),
      place: z.string(),
      release_id: z.string().nullable(),
    }),
    result: z
      .object({
        ...{ outcome: z.enum(['pass', 'review', 'fail']), synthetic: z.boolean(), columns: z.array(z.string()) },
        rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
        findings: z.array(
          z.object({ code: z.string(), severity: z.enum(['fail', 'review']), count: z.int(), message: localized }),
        ),
        suggestions: z.array(z.object({ code: z.string(), message: localized })),
      })
      .nullable(),
    ...{ submitted_at: z.iso.datetime(), changed_at: z.iso.datetime() },
  })
  .meta({ id: 'SandboxJob' });
export type JobDto = z.output<typeof jobDto>;
export const jobPageDto = pageOf(jobDto).meta({ id: 'SandboxJobPage' });
export const jobListQuery = cursorQuery.extend({ enclave_id: idSchema('enc').optional() });

/** Renders a job. */
export function toJobDto(job: Job): JobDto {
  const { kind, reference, place, releaseId } = job.basis;
  const result = job.result && {
    ...{ outcome: job.result.outcome, synthetic: job.isDryRun, columns: [...job.result.columns] },
    rows: job.result.rows.map((row) => [...row]),
    findings: [...job.result.findings],
    suggestions: [...job.result.suggestions],
  };
  return {
    ...{ id: job.id, enclave_id: job.enclaveId, dataset_version_id: job.versionId, agreement_id: job.agreementId },
    ...{ author: job.author, kind: job.kind, code_hash: job.codeHash, dry_run: job.isDryRun, state: job.state },
    ...{ reason: job.reason, progress: job.progress, isolation_level: job.level, money: job.money },
    ...{ reserved: { ...job.reserved }, used: job.used && { ...job.used }, result },
    legal_basis: { kind, reference, place, release_id: releaseId },
    ...{ submitted_at: job.submittedAt.toISOString(), changed_at: job.changedAt.toISOString() },
  };
}
