import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReleaseLogReceipt, ReleaseScope } from '@hetao/rules';
import type { ReleaseStatus } from './release.js';

@Entity({ name: 'releases' })
export class ReleaseRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'declaration_id', type: 'text' })
  declarationId!: string;

  @Column({ name: 'exporter_id', type: 'text' })
  exporterId!: string;

  @Column({ name: 'agreement_id', type: 'text', nullable: true })
  agreementId!: string | null;

  @Column({ type: 'text' })
  status!: ReleaseStatus;

  @Column({ type: 'jsonb' })
  scope!: ReleaseScope;

  @Column({ type: 'text' })
  pathway!: string;

  @Column({ name: 'rule_id', type: 'text' })
  ruleId!: string;

  @Column({ type: 'boolean' })
  counted!: boolean;

  @Column({ name: 'quota_general', type: 'integer', nullable: true })
  quotaGeneral!: number | null;

  @Column({ name: 'quota_sensitive', type: 'integer', nullable: true })
  quotaSensitive!: number | null;

  @Column({ name: 'limit_general', type: 'integer', nullable: true })
  limitGeneral!: number | null;

  @Column({ name: 'limit_sensitive', type: 'integer', nullable: true })
  limitSensitive!: number | null;

  @Column({ name: 'valid_from', type: 'timestamptz' })
  validFrom!: Date;

  @Column({ name: 'valid_until', type: 'timestamptz' })
  validUntil!: Date;

  @Column({ type: 'text' })
  token!: string;

  @Column({ name: 'log_receipt', type: 'jsonb', nullable: true })
  logReceipt!: ReleaseLogReceipt | null;

  @Column({ name: 'sealed_token', type: 'text', nullable: true })
  sealedToken!: string | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ name: 'issued_by', type: 'text' })
  issuedBy!: string;

  @Column({ name: 'issued_at', type: 'timestamptz' })
  issuedAt!: Date;

  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt!: Date;
}
