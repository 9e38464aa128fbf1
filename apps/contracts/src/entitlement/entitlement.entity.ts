import type { Jurisdiction } from '@hetao/kernel';
import type { AnyPricePlan } from '@hetao/rating';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Quota } from '../offer/terms.js';
import type { UsagePolicy } from '../policy/policy.js';
import type { Border, EntitlementStatus } from './entitlement.js';

@Entity({ name: 'entitlements' })
export class EntitlementRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'agreement_id', type: 'text' })
  agreementId!: string;

  @Column({ name: 'supersedes_agreement_id', type: 'text', nullable: true })
  supersedesAgreementId!: string | null;

  @Column({ name: 'offer_id', type: 'text' })
  offerId!: string;

  @Column({ name: 'document_hash', type: 'text' })
  documentHash!: string;

  @Column({ name: 'product_id', type: 'text' })
  productId!: string;

  @Column({ name: 'product_version', type: 'integer' })
  productVersion!: number;

  @Column({ name: 'merchant_id', type: 'text' })
  merchantId!: string;

  @Column({ name: 'buyer_id', type: 'text' })
  buyerId!: string;

  @Column({ type: 'jsonb' })
  plan!: AnyPricePlan;

  @Column({ name: 'time_zone', type: 'text' })
  timeZone!: string;

  @Column({ type: 'text', array: true })
  meters!: string[];

  @Column({ type: 'jsonb', nullable: true })
  quota!: Quota | null;

  @Column({ type: 'text', array: true })
  purposes!: string[];

  @Column({ name: 'places_of_use', type: 'text', array: true })
  placesOfUse!: Jurisdiction[];

  @Column({ type: 'text', array: true })
  recipients!: string[];

  @Column({ type: 'jsonb' })
  policy!: UsagePolicy;

  @Column({ type: 'jsonb', nullable: true })
  release!: Border | null;

  @Column({ name: 'valid_from', type: 'timestamptz' })
  validFrom!: Date;

  @Column({ name: 'valid_until', type: 'timestamptz' })
  validUntil!: Date;

  @Column({ type: 'text' })
  status!: EntitlementStatus;

  @Column({ name: 'granted_at', type: 'timestamptz' })
  grantedAt!: Date;

  @Column({ name: 'suspended_at', type: 'timestamptz', nullable: true })
  suspendedAt!: Date | null;

  @Column({ name: 'suspension_reason', type: 'text', nullable: true })
  suspensionReason!: string | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;

  @Column({ name: 'revocation_reason', type: 'text', nullable: true })
  revocationReason!: string | null;
}
