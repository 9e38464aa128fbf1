import type { Jurisdiction, LocalizedText } from '@hetao/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DataField } from './data-description.js';
import type { ProductKind, ProductStatus } from './product.js';

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

  /** What `?q=` looks in; written with every change, read by no rule. */
  @Column({ name: 'search_text', type: 'text', select: false })
  searchText!: string;
}
