import type { Jurisdiction, LocalizedText } from '@hetao/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PartyStanding } from './directory.js';

@Entity({ name: 'directory_parties' })
export class DirectoryPartyRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  standing!: PartyStanding;

  @Column({ name: 'standing_at', type: 'timestamptz' })
  standingAt!: Date;

  @Column({ type: 'jsonb', nullable: true })
  name!: LocalizedText | null;

  @Column({ type: 'text', nullable: true })
  jurisdiction!: Jurisdiction | null;

  @Column({ type: 'text', array: true, nullable: true })
  roles!: string[] | null;

  @Column({ name: 'profile_as_of', type: 'timestamptz', nullable: true })
  profileAsOf!: Date | null;
}

@Entity({ name: 'directory_products' })
export class DirectoryProductRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'merchant_id', type: 'text' })
  merchantId!: string;

  @Column({ type: 'boolean' })
  listed!: boolean;

  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt!: Date;

  @Column({ type: 'jsonb', nullable: true })
  name!: LocalizedText | null;

  @Column({ type: 'text', nullable: true })
  kind!: string | null;

  @Column({ type: 'integer', nullable: true })
  version!: number | null;

  @Column({ name: 'listing_as_of', type: 'timestamptz', nullable: true })
  listingAsOf!: Date | null;
}
