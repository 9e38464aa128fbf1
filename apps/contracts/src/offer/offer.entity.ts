import type { AnyPricePlan } from '@hetao/rating';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { UsagePolicy } from '../policy/policy.js';
import type { OfferStatus, Quota, RenewalTerms } from './offer.js';

@Entity({ name: 'offers' })
export class OfferRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'product_id', type: 'text' })
  productId!: string;

  @Column({ name: 'product_version', type: 'integer' })
  productVersion!: number;

  @Column({ name: 'merchant_id', type: 'text' })
  merchantId!: string;

  @Column({ type: 'jsonb' })
  plan!: AnyPricePlan;

  @Column({ name: 'time_zone', type: 'text' })
  timeZone!: string;

  @Column({ type: 'jsonb' })
  policy!: UsagePolicy;

  @Column({ type: 'jsonb', nullable: true })
  quota!: Quota | null;

  @Column({ name: 'valid_until', type: 'timestamptz' })
  validUntil!: Date;

  @Column({ name: 'term_from', type: 'timestamptz' })
  termFrom!: Date;

  @Column({ name: 'term_until', type: 'timestamptz' })
  termUntil!: Date;

  @Column({ name: 'notice_days', type: 'integer' })
  noticeDays!: number;

  @Column({ type: 'jsonb', nullable: true })
  renewal!: RenewalTerms | null;

  @Column({ name: 'channel_partner_id', type: 'text', nullable: true })
  channelPartnerId!: string | null;

  @Column({ name: 'buyer_id', type: 'text', nullable: true })
  buyerId!: string | null;

  @Column({ type: 'text' })
  status!: OfferStatus;

  @Column({ name: 'published_at', type: 'timestamptz' })
  publishedAt!: Date;

  @Column({ name: 'withdrawn_at', type: 'timestamptz', nullable: true })
  withdrawnAt!: Date | null;
}
