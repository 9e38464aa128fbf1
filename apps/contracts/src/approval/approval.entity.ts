import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApprovalLimits, ApprovalReason } from './approval-limits.js';
import type { Approval, ApprovalStatus } from './approval.js';

@Entity({ name: 'approvals' })
export class ApprovalRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'organisation_id', type: 'text' })
  organisationId!: string;

  @Column({ type: 'text' })
  kind!: Approval['kind'];

  @Column({ name: 'matter_hash', type: 'text' })
  matterHash!: string;

  @Column({ type: 'jsonb' })
  matter!: object;

  @Column({ type: 'text', array: true })
  reasons!: ApprovalReason[];

  @Column({ type: 'text', nullable: true })
  note!: string | null;

  @Column({ type: 'text' })
  status!: ApprovalStatus;

  @Column({ name: 'requested_by', type: 'text' })
  requestedBy!: string;

  @Column({ name: 'requested_at', type: 'timestamptz' })
  requestedAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  @Column({ name: 'decided_by', type: 'text', nullable: true })
  decidedBy!: string | null;

  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt!: Date | null;

  @Column({ name: 'decision_reason', type: 'text', nullable: true })
  decisionReason!: string | null;
}

/** The limits of an organisation as they are now; what they were is in the approvals and the log of changes. */
@Entity({ name: 'approval_limits' })
export class ApprovalLimitsRow {
  @PrimaryColumn({ name: 'organisation_id', type: 'text' })
  organisationId!: string;

  @Column({ type: 'jsonb' })
  limits!: ApprovalLimits;

  @Column({ name: 'set_by', type: 'text' })
  setBy!: string;

  @Column({ name: 'set_at', type: 'timestamptz' })
  setAt!: Date;
}
