import type { Jurisdiction } from '@hetao/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RequestStatus } from './negotiation.js';

@Entity({ name: 'access_requests' })
export class AccessRequestRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'offer_id', type: 'text' })
  offerId!: string;

  @Column({ name: 'product_id', type: 'text' })
  productId!: string;

  @Column({ name: 'merchant_id', type: 'text' })
  merchantId!: string;

  @Column({ name: 'buyer_id', type: 'text' })
  buyerId!: string;

  @Column({ type: 'text' })
  purpose!: string;

  @Column({ name: 'place_of_use', type: 'text' })
  placeOfUse!: Jurisdiction;

  @Column({ type: 'text' })
  status!: RequestStatus;

  @Column({ name: 'requested_at', type: 'timestamptz' })
  requestedAt!: Date;

  @Column({ name: 'requested_by', type: 'text' })
  requestedBy!: string;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true })
  answeredAt!: Date | null;

  @Column({ name: 'answered_by', type: 'text', nullable: true })
  answeredBy!: string | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ name: 'agreement_id', type: 'text', nullable: true })
  agreementId!: string | null;
}
