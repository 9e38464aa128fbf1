import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RuleSet } from '@hetao/rules';
import type { Signature } from './rule-set.js';

@Entity({ name: 'rule_sets' })
export class RuleSetRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  version!: string;

  @Column({ name: 'effective_from', type: 'date' })
  effectiveFrom!: string;

  @Column({ type: 'jsonb' })
  content!: RuleSet;

  @Column({ name: 'content_sha256', type: 'text' })
  contentSha256!: string;

  @Column({ type: 'text' })
  status!: 'proposed' | 'published';

  @Column({ type: 'jsonb' })
  signatures!: Signature[];

  @Column({ name: 'proposed_by', type: 'text' })
  proposedBy!: string;

  @Column({ name: 'proposed_at', type: 'timestamptz' })
  proposedAt!: Date;

  @Column({ name: 'published_at', type: 'timestamptz', nullable: true })
  publishedAt!: Date | null;
}
