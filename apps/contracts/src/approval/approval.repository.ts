import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { prepared } from '../database/prepared.js';
import { ApprovalLimitsRow, ApprovalRow } from './approval.entity.js';
import type { ApprovalLimits } from './approval-limits.js';
import type { Approval } from './approval.js';

const LIMITS = prepared<Pick<ApprovalLimitsRow, 'limits'>>(
  'contracts.approval.limits',
  'SELECT limits FROM approval_limits WHERE organisation_id = $1 FOR SHARE',
);

/** Loads and saves approvals, and the limits they are about. */
@Injectable()
export class ApprovalRepository {
  /** What an organisation's people may do alone; null where it set no limits. Held until the commit. */
  async limits(tx: Tx, organisationId: string): Promise<ApprovalLimits | null> {
    const [row] = await LIMITS.rows(tx, [organisationId]);
    return row?.limits ?? null;
  }

  async setLimits(tx: Tx, set: ApprovalLimitsRow): Promise<void> {
    await tx.manager.upsert(ApprovalLimitsRow, set, ['organisationId']);
  }

  /** The approval, kept from being decided under the caller's feet until the transaction ends. */
  async load(tx: Tx, id: string): Promise<Approval | null> {
    const row = await tx.manager.findOne(ApprovalRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return row && approvalFrom(row);
  }

  /** Whether somebody approved exactly this, and it still counts. */
  async isApproved(tx: Tx, organisationId: string, matterHash: string, at: Date): Promise<boolean> {
    const [found] = await tx.query(
      `SELECT 1 FROM approvals
        WHERE organisation_id = $1 AND matter_hash = $2 AND status = 'approved' AND expires_at > $3 LIMIT 1`,
      [organisationId, matterHash, at],
    );
    return found !== undefined;
  }

  /** Writes it down; of two people asking the same at once, both get the first one's. */
  async insert(tx: Tx, approval: Approval): Promise<Approval> {
    await one(tx, `${approval.organisationId}.${approval.matterHash}`);
    const open = await tx.manager
      .createQueryBuilder(ApprovalRow, 'approval')
      .where('approval.organisation_id = :organisationId AND approval.matter_hash = :matterHash', { ...approval })
      .andWhere(`approval.status = 'pending' AND approval.expires_at > :at`, { at: approval.requestedAt })
      .getOne();
    if (open !== null) return approvalFrom(open);
    await tx.manager.insert(ApprovalRow, { ...approval, reasons: [...approval.reasons] });
    return approval;
  }

  async update(tx: Tx, { id, status, expiresAt, decidedBy, decidedAt, decisionReason }: Approval): Promise<void> {
    await tx.manager.update(ApprovalRow, { id }, { status, expiresAt, decidedBy, decidedAt, decisionReason });
  }
}

async function one(tx: Tx, key: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`hetao.contracts.approval.${key}`]);
}

function approvalFrom(row: ApprovalRow): Approval {
  return { ...row, matter: row.matter as Approval['matter'] };
}
