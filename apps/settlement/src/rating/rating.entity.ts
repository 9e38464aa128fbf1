import type { Currency } from '@hetao/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../database/columns.js';
import type { StoredContext, StoredLot } from './rating-context.js';
import type { MeterTotal, UsageState } from './rating.js';

@Entity({ name: 'usage_periods' })
export class UsagePeriodRow {
  @PrimaryColumn('text', { name: 'agreement_id' })
  agreementId!: string;

  @PrimaryColumn('text')
  period!: string;

  @Column('text', { name: 'period_id' })
  periodId!: string;

  @Column('text', { name: 'product_id' })
  productId!: string;

  @Column('text', { name: 'merchant_id' })
  merchantId!: string;

  @Column('text', { name: 'buyer_id' })
  buyerId!: string;

  @Column('jsonb')
  totals!: readonly MeterTotal[];

  @Column('integer')
  windows!: number;

  @Column('timestamptz', { name: 'closed_at' })
  closedAt!: Date;

  @Column('text')
  state!: UsageState;

  @Column('jsonb', { name: 'rating_context', nullable: true })
  ratingContext!: StoredContext | null;

  @Column('jsonb', { name: 'credits_after', nullable: true })
  creditsAfter!: readonly StoredLot[] | null;
}

@Entity({ name: 'charges' })
export class ChargeRow {
  @PrimaryColumn('text', { name: 'charge_id' })
  chargeId!: string;

  @Column('text', { name: 'agreement_id' })
  agreementId!: string;

  @Column('text')
  period!: string;

  @Column('text', { name: 'merchant_id' })
  merchantId!: string;

  @Column('text', { name: 'buyer_id' })
  buyerId!: string;

  @Column('smallint', { name: 'line_no' })
  lineNo!: number;

  @Column('text', { name: 'component_id' })
  componentId!: string;

  @Column('text')
  kind!: string;

  @Column('text', { nullable: true })
  meter!: string | null;

  @Column('numeric')
  quantity!: string;

  @Column('text')
  unit!: string;

  @Column('numeric', { name: 'exact_amount' })
  exactAmount!: string;

  @Column('bigint', { name: 'amount_minor', transformer: minorUnits })
  amountMinor!: bigint;

  @Column('text')
  currency!: Currency;

  @Column('jsonb')
  steps!: readonly string[];

  @Column('text', { name: 'rule_version' })
  ruleVersion!: string;

  @Column('timestamptz', { name: 'rated_at' })
  ratedAt!: Date;
}
