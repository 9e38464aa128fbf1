import { cursorQuery, pageOf } from '@hetao/runtime';
import { z } from 'zod';
import type { AuditRecord } from './audit.repository.js';

export const alarmQueryDto = cursorQuery.extend({ state: z.enum(['open', 'acknowledged']).optional() });
export type AlarmQueryDto = z.output<typeof alarmQueryDto>;

export const alarmDto = z
  .object({
    id: z.string(),
    state: z.enum(['open', 'acknowledged']),
    code: z.string().describe('The rule that is broken'),
    subject: z.string().describe('By what: an account, a transaction, a place in the chain, a month'),
    detail: z.string(),
    raised_at: z.iso.datetime(),
    seen_at: z.iso.datetime().describe('When an audit found it last'),
    acknowledged: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'SettlementAlarm' });
export type AlarmDto = z.output<typeof alarmDto>;
export const alarmPageDto = pageOf(alarmDto).meta({ id: 'SettlementAlarmPage' });

export const auditDto = z
  .object({
    id: z.string(),
    asked_by: z.string().describe('Who asked for it, or `nightly`'),
    started_at: z.iso.datetime(),
    finished_at: z.iso.datetime(),
    transactions: z.int().describe('Journal transactions whose balances were added up'),
    chain: z.object({
      checked: z.int().describe('Places of the chain of hashes that were worked out again'),
      until: z.int().describe('Everything up to here was worked out again once at least'),
    }),
    findings: z.int().describe('Each is an alarm: GET /v1/settlement/alarms'),
  })
  .meta({ id: 'LedgerAudit' });
export type AuditDto = z.output<typeof auditDto>;
export const auditPageDto = pageOf(auditDto).meta({ id: 'LedgerAuditPage' });

/** An alarm as pg returns it. */
export interface StoredAlarm {
  readonly alarm_id: string;
  readonly code: string;
  readonly subject: string;
  readonly detail: string;
  readonly raised_at: Date;
  readonly seen_at: Date;
  readonly acknowledged_by: string | null;
  readonly acknowledged_at: Date | null;
  readonly note: string | null;
}

export function toAlarmDto(row: StoredAlarm): AlarmDto {
  const { code, subject, detail, acknowledged_by: by, acknowledged_at: at } = row;
  return {
    id: row.alarm_id,
    state: at === null ? 'open' : 'acknowledged',
    ...{ code, subject, detail },
    raised_at: row.raised_at.toISOString(),
    seen_at: row.seen_at.toISOString(),
    acknowledged: at === null ? null : { by: by ?? '', at: at.toISOString(), reason: row.note ?? '' },
  };
}

export function toAuditDto(audit: AuditRecord): AuditDto {
  return {
    id: audit.auditId,
    asked_by: audit.askedBy,
    started_at: audit.startedAt.toISOString(),
    finished_at: audit.finishedAt.toISOString(),
    transactions: audit.transactions,
    chain: { checked: audit.chainChecked, until: audit.marks.until },
    findings: audit.findings,
  };
}
