import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Quota } from '../offer/offer.js';
import type { EntitlementStatus } from './entitlement.js';

@Entity({ name: 'entitlements' })
export class EntitlementRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'agreement_id', type: 'text' })
  agreementId!: string;

  @Column({ name: 'product_id', type: 'text' })
  productId!: string;

  @Column({ name: 'merchant_id', type: 'text' })
  merchantId!: string;

  @Column({ name: 'buyer_id', type: 'text' })
  buyerId!: string;

  @Column({ type: 'text', array: true })
  meters!: string[];

  @Column({ type: 'jsonb', nullable: true })
  quota!: Quota | null;

  @Column({ type: 'text', array: true })
  purposes!: string[];

  @Column({ name: 'valid_from', type: 'timestamptz' })
  validFrom!: Date;

  @Column({ name: 'valid_until', type: 'timestamptz' })
  validUntil!: Date;

  @Column({ type: 'text' })
  status!: EntitlementStatus;

  @Column({ name: 'granted_at', type: 'timestamptz' })
  grantedAt!: Date;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;

  @Column({ name: 'revocation_reason', type: 'text', nullable: true })
  revocationReason!: string | null;
}
