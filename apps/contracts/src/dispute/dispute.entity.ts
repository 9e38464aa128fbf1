import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AgreementParty } from '../agreement/agreement-state.js';
import type { DisputeGround, DisputeSide, DisputeStatus, DisputeStep, Evidence, Proposal, Remedy } from './dispute.js';

@Entity({ name: 'agreement_disputes' })
export class DisputeRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'agreement_id', type: 'text' })
  agreementId!: string;

  @Column({ name: 'merchant_id', type: 'text' })
  merchantId!: string;

  @Column({ name: 'buyer_id', type: 'text' })
  buyerId!: string;

  @Column({ name: 'opened_by_party', type: 'text' })
  openedBy!: AgreementParty;

  @Column({ type: 'text' })
  ground!: DisputeGround;

  @Column({ type: 'text' })
  claim!: string;

  @Column({ type: 'text' })
  status!: DisputeStatus;

  @Column({ type: 'integer' })
  step!: number;

  @Column({ type: 'jsonb', nullable: true })
  proposal!: Proposal | null;

  @Column({ type: 'text' })
  remedy!: Remedy;

  @Column({ name: 'opened_at', type: 'timestamptz' })
  openedAt!: Date;

  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt!: Date | null;
}

/** One thing said or done in a dispute; only ever inserted. */
@Entity({ name: 'agreement_dispute_steps' })
export class DisputeStepRow {
  @PrimaryColumn({ name: 'dispute_id', type: 'text' })
  disputeId!: string;

  @PrimaryColumn({ type: 'integer' })
  step!: number;

  @Column({ type: 'text' })
  command!: DisputeStep['command'];

  @Column({ name: 'status_from', type: 'text', nullable: true })
  from!: DisputeStatus | null;

  @Column({ name: 'status_to', type: 'text' })
  to!: DisputeStatus;

  @Column({ name: 'party', type: 'text' })
  side!: DisputeSide;

  @Column({ name: 'by_subject', type: 'text' })
  bySubject!: string;

  @Column({ name: 'by_organisation', type: 'text' })
  byOrganisation!: string;

  @Column({ type: 'text', nullable: true })
  said!: string | null;

  @Column({ type: 'jsonb' })
  evidence!: Evidence[];

  @Column({ type: 'timestamptz' })
  at!: Date;
}
