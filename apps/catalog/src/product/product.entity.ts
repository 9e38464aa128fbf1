import type { Jurisdiction, LocalizedText } from '@hetao/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProductCard } from '../card/product-card.js';
import type { PassedStep } from '../review/review-steps.js';
import type { DataField, GeneUse } from './data-description.js';
import type { ProductKind, ProductStatus, Refusal } from './product.js';

@Entity({ name: 'products' })
export class ProductRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'merchant_id', type: 'text' })
  merchantId!: string;

  @Column({ type: 'jsonb' })
  name!: LocalizedText;

  @Column({ type: 'jsonb' })
  description!: LocalizedText;

  @Column({ type: 'text' })
  kind!: ProductKind;

  @Column({ type: 'text', array: true })
  languages!: string[];

  @Column({ name: 'stored_in', type: 'text' })
  storedIn!: Jurisdiction;

  @Column({ name: 'subjects_in', type: 'text', array: true })
  subjectsIn!: Jurisdiction[];

  @Column({ type: 'jsonb' })
  fields!: DataField[];

  @Column({ name: 'gene_use', type: 'text', nullable: true })
  geneUse!: GeneUse | null;

  @Column({ type: 'jsonb', nullable: true })
  card!: ProductCard | null;

  @Column({ type: 'text' })
  status!: ProductStatus;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ type: 'integer' })
  revision!: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'submitted_at', type: 'timestamptz', nullable: true })
  submittedAt!: Date | null;

  @Column({ name: 'submitted_by', type: 'text', nullable: true })
  submittedBy!: string | null;

  @Column({ name: 'listed_at', type: 'timestamptz', nullable: true })
  listedAt!: Date | null;

  @Column({ name: 'listed_by', type: 'text', nullable: true })
  listedBy!: string | null;

  @Column({ name: 'return_reason', type: 'text', nullable: true })
  returnReason!: string | null;

  @Column({ name: 'delisted_at', type: 'timestamptz', nullable: true })
  delistedAt!: Date | null;

  @Column({ name: 'delist_reason', type: 'text', nullable: true })
  delistReason!: string | null;

  @Column({ type: 'integer' })
  submissions!: number;

  @Column({ type: 'jsonb' })
  passed!: PassedStep[];

  @Column({ type: 'jsonb', nullable: true })
  refusal!: Refusal | null;

  @Column({ name: 'suspended_at', type: 'timestamptz', nullable: true })
  suspendedAt!: Date | null;

  @Column({ name: 'suspend_reason', type: 'text', nullable: true })
  suspendReason!: string | null;

  @Column({ name: 'certificate_number', type: 'text', nullable: true })
  certificateNumber!: string | null;

  @Column({ name: 'certificate_until', type: 'text', nullable: true })
  certificateUntil!: string | null;

  @Column({ name: 'version_of', type: 'text', nullable: true })
  versionOf!: string | null;

  @Column({ name: 'effective_at', type: 'timestamptz', nullable: true })
  effectiveAt!: Date | null;
}
