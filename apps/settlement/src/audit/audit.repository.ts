import { newId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { ChainMarks, Finding } from './audit.js';

/** An audit that was made. */
export interface AuditRecord {
  readonly auditId: string;
  readonly askedBy: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly transactions: number;
  readonly chainChecked: number;
  readonly marks: ChainMarks;
  readonly findings: number;
}

/** How far the audits before have come. */
export async function chainMarks(tx: Tx): Promise<ChainMarks> {
  const [row] = await tx.query<{ chain_until: string; recheck_until: string }>(
    'SELECT chain_until, recheck_until FROM ledger_audits ORDER BY audit_id DESC LIMIT 1',
  );
  return { until: Number(row?.chain_until ?? 0), recheckedUntil: Number(row?.recheck_until ?? 0) };
}

/** Whether an audit began since an instant. */
export async function auditedSince(tx: Tx, since: Date): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM ledger_audits WHERE started_at >= $1 LIMIT 1', [since]);
  return rows.length > 0;
}

export async function keepAudit(tx: Tx, audit: AuditRecord): Promise<void> {
  const { auditId, askedBy, startedAt, finishedAt, transactions, chainChecked, marks, findings } = audit;
  await tx.execute(
    `INSERT INTO ledger_audits (audit_id, asked_by, started_at, finished_at, transactions, chain_checked, chain_until,
                                recheck_until, findings) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[auditId, askedBy, startedAt, finishedAt, transactions, chainChecked],
      ...[marks.until, marks.recheckedUntil, findings],
    ],
  );
}

/** Raises an alarm for each finding; one that is open already is seen again. @returns those that are new. */
export async function raiseAlarms(tx: Tx, findings: readonly Finding[], at: Date): Promise<readonly Finding[]> {
  const fresh: Finding[] = [];
  for (const finding of findings) {
    const [row] = await tx.query<{ is_new: boolean }>(
      `INSERT INTO settlement_alarms AS a (alarm_id, code, subject, detail, raised_at, seen_at) VALUES ($1, $2, $3, $4, $5, $5)
       ON CONFLICT (code, subject) WHERE acknowledged_at IS NULL DO UPDATE SET detail = excluded.detail, seen_at = excluded.seen_at
       RETURNING a.raised_at = a.seen_at AS is_new`,
      [newId('alm'), finding.code, finding.subject, finding.detail, at],
    );
    if (row?.is_new === true) fresh.push(finding);
  }
  return fresh;
}
