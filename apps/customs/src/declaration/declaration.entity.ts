import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Facts, Finding } from '@hetao/rules';
import type { Decision, DeclarationKind, DeclarationStatus, Predecessor } from './declaration.js';
import type { DeclarationForm } from './form.js';
import type { RunningClock } from './running-clocks.js';
import type { SupplementRound } from './supplement-round.js';
import type { Track } from './tracks.js';

@Entity({ name: 'declarations' })
export class DeclarationRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'exporter_id', type: 'text' })
  exporterId!: string;

  @Column({ type: 'text' })
  kind!: DeclarationKind;

  @Column({ type: 'jsonb', nullable: true })
  predecessor!: Predecessor | null;

  @Column({ type: 'text' })
  status!: DeclarationStatus;

  @Column({ type: 'integer' })
  year!: number;

  @Column({ type: 'jsonb' })
  form!: DeclarationForm;

  @Column({ type: 'jsonb' })
  facts!: Facts;

  @Column({ name: 'facts_sha256', type: 'text' })
  factsSha256!: string;

  @Column({ type: 'jsonb' })
  finding!: Finding;

  @Column({ type: 'jsonb' })
  tracks!: readonly Track[];

  @Column({ type: 'jsonb' })
  clocks!: readonly RunningClock[];

  @Column({ name: 'next_due', type: 'date', nullable: true })
  nextDue!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  decision!: Decision | null;

  @Column({ name: 'return_reason', type: 'text', nullable: true })
  returnReason!: string | null;

  @Column({ type: 'jsonb' })
  supplements!: readonly SupplementRound[];

  @Column({ type: 'integer' })
  revision!: number;

  @Column({ name: 'created_by', type: 'text' })
  createdBy!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'submitted_at', type: 'timestamptz', nullable: true })
  submittedAt!: Date | null;

  @Column({ name: 'released_at', type: 'timestamptz', nullable: true })
  releasedAt!: Date | null;
}
