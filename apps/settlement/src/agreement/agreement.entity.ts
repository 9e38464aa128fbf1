import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AnyPricePlan } from '@hetao/rating';

/** Who agreed with whom on which prices, as contracts published it. */
@Entity({ name: 'agreements' })
export class AgreementRow {
  @PrimaryColumn('text', { name: 'agreement_id' })
  agreementId!: string;

  @Column('text', { name: 'product_id' })
  productId!: string;

  @Column('text', { name: 'merchant_id' })
  merchantId!: string;

  @Column('text', { name: 'buyer_id' })
  buyerId!: string;

  @Column('text', { name: 'channel_partner_id', nullable: true })
  channelPartnerId!: string | null;

  @Column('jsonb')
  plan!: AnyPricePlan;

  @Column('text', { name: 'document_hash' })
  documentHash!: string;

  @Column('timestamptz', { name: 'effective_from' })
  effectiveFrom!: Date;

  @Column('timestamptz', { name: 'effective_until' })
  effectiveUntil!: Date;

  @Column('timestamptz', { name: 'concluded_at' })
  concludedAt!: Date;

  @Column('text', { name: 'time_zone', nullable: true })
  timeZone!: string | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
