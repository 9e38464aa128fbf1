import { z } from 'zod';
import { cursorQuery, idSchema, pageOf } from '@hetao/runtime';
import { localizedDto, text } from '../shared/text.dto.js';
import type { Hold, HoldRisk } from './hold.js';
import type { RiskPolicyVersion } from './risk-policy.queries.js';
import type { RiskPolicy } from './risk.js';

export const holdReasonDto = z.strictObject({ reason: text(1000) }).meta({ id: 'HoldReason' });
export const holdQuery = cursorQuery.extend({
  declaration_id: idSchema('dcl').optional(),
  standing: z.stringbool().optional(),
});
export const holdDto = z
  .object({
    id: z.string(),
    declaration_id: z.string(),
    reason: z.string(),
    risk_reasons: z.array(z.string()),
    risk: z
      .object({
        score: z.int(),
        hold_at: z.int().describe('From this score on a declaration was held'),
        rules: z.array(z.object({ id: z.string(), text: localizedDto, points: z.int() })),
      })
      .nullable()
      .describe('Figures and words of the risk rules that held it; null where an officer did'),
    put_by: z.string(),
    put_at: z.iso.datetime(),
    lift_reason: z.string().nullable(),
    lift_asked_by: z.string().nullable(),
    lifted_by: z.string().nullable(),
    lifted_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Hold' });
export type HoldDto = z.output<typeof holdDto>;
export const holdPageDto = pageOf(holdDto).meta({ id: 'HoldPage' });

const scalar = z.union([z.string().max(80), z.int(), z.boolean()]);
const operator = z.enum(['eq', 'ne', 'in', 'nin', 'lt', 'lte', 'gt', 'gte']);
const all = z.array(z.tuple([text(80), operator, z.union([scalar, z.array(scalar).max(50)])])).max(20);
const percent = z.int().min(0).max(100);
export const riskPolicyDto = z
  .strictObject({
    hold_at: z.int().min(1).max(10_000),
    rules: z
      .array(
        z.strictObject({
          id: text(64),
          text: localizedDto,
          points: z.int().min(0).max(1000),
          when: z.strictObject({ all, any: z.array(z.strictObject({ all })).max(10).optional() }),
        }),
      )
      .min(1)
      .max(100),
    splitting: z
      .array(
        z.strictObject({
          id: text(64),
          text: localizedDto,
          exporters: z.enum(['same', 'related']),
          same: z.array(z.enum(['recipient', 'purpose', 'product', 'fields'])).max(4),
          fields_in_common_percent: percent,
          within_days: z.int().min(1).max(1100),
          least_parts: z.int().min(2).max(100),
          least_percent: percent,
        }),
      )
      .max(30),
  })
  .meta({ id: 'RiskPolicy' });
export const riskPolicyVersionDto = z
  .object({
    version: z.int(),
    policy: riskPolicyDto,
    proposed_by: z.string(),
    approved_by: z.string().nullable(),
    approved_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RiskPolicyVersion' });
export type RiskPolicyVersionDto = z.output<typeof riskPolicyVersionDto>;
export const riskPolicyListDto = z.object({ data: z.array(riskPolicyVersionDto) }).meta({ id: 'RiskPolicyVersions' });

export const relatedDto = z
  .strictObject({ exporter_ids: z.array(idSchema('org')).min(2).max(50), reason: text(1000) })
  .meta({ id: 'RelatedExporters' });
export const relatedListDto = z
  .object({ data: z.array(z.object({ group_id: z.string(), exporter_ids: z.array(z.string()), reason: z.string() })) })
  .meta({ id: 'RelatedExporterGroups' });

export function toHoldDto(hold: Hold): HoldDto {
  return {
    id: hold.id,
    declaration_id: hold.declarationId,
    reason: hold.reason,
    risk_reasons: [...hold.riskReasons],
    risk: hold.risk === null ? null : toHoldRiskDto(hold.risk),
    put_by: hold.putBy,
    put_at: hold.putAt.toISOString(),
    lift_reason: hold.liftReason,
    lift_asked_by: hold.liftAskedBy,
    lifted_by: hold.liftedBy,
    lifted_at: hold.liftedAt?.toISOString() ?? null,
  };
}

function toHoldRiskDto({ score, holdAt, rules }: HoldRisk): HoldDto['risk'] {
  return { score, hold_at: holdAt, rules: rules.map((rule) => ({ ...rule })) };
}

/** The policy of a body; which version it is, the register says. */
export function toPolicy(body: z.output<typeof riskPolicyDto>): Omit<RiskPolicy, 'version'> {
  return {
    holdAt: body.hold_at,
    rules: body.rules.map(({ when: { all: every, any }, ...rule }) => ({
      ...rule,
      when: any === undefined ? { all: every } : { all: every, any },
    })),
    splitting: body.splitting.map((rule) => ({
      id: rule.id,
      text: rule.text,
      exporters: rule.exporters,
      same: rule.same,
      fieldsInCommonPercent: rule.fields_in_common_percent,
      withinDays: rule.within_days,
      leastParts: rule.least_parts,
      leastPercent: rule.least_percent,
    })),
  };
}

export function toPolicyVersionDto({
  policy,
  proposedBy,
  approvedBy,
  approvedAt,
}: RiskPolicyVersion): RiskPolicyVersionDto {
  return {
    version: policy.version,
    policy: {
      hold_at: policy.holdAt,
      rules: policy.rules.map(({ id, text: words, points, when }) => ({
        ...{ id, text: words, points },
        when: JSON.parse(JSON.stringify(when)) as z.output<typeof riskPolicyDto>['rules'][number]['when'],
      })),
      splitting: policy.splitting.map((rule) => ({
        id: rule.id,
        text: rule.text,
        exporters: rule.exporters,
        same: [...rule.same],
        fields_in_common_percent: rule.fieldsInCommonPercent,
        within_days: rule.withinDays,
        least_parts: rule.leastParts,
        least_percent: rule.leastPercent,
      })),
    },
    proposed_by: proposedBy,
    approved_by: approvedBy,
    approved_at: approvedAt?.toISOString() ?? null,
  };
}
