import type { Currency } from '@hetao/kernel';
import type { FeeTerms, ShareKey, TaxTerms } from '@hetao/rating';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../database/columns.js';
import type { InvoiceState, SplitTerms, TaxCategory } from './invoice.js';

/** An invoice that was issued. Drafts have no number yet and are not read through this class. */
@Entity({ name: 'invoices' })
export class InvoiceRow {
  @PrimaryColumn('text', { name: 'invoice_id' })
  invoiceId!: string;

  @Column('text')
  number!: string;

  @Column('integer')
  year!: number;

  @Column('integer', { name: 'year_no' })
  yearNo!: number;

  @Column('text', { name: 'agreement_id' })
  agreementId!: string;

  @Column('text')
  period!: string;

  @Column('text', { name: 'merchant_id' })
  merchantId!: string;

  @Column('text', { name: 'buyer_id' })
  buyerId!: string;

  @Column('text', { name: 'channel_partner_id', nullable: true })
  channelPartnerId!: string | null;

  @Column('text')
  currency!: Currency;

  @Column('bigint', { name: 'net_minor', transformer: minorUnits })
  netMinor!: bigint;

  @Column('bigint', { name: 'tax_minor', transformer: minorUnits })
  taxMinor!: bigint;

  @Column('bigint', { name: 'gross_minor', transformer: minorUnits })
  grossMinor!: bigint;

  @Column('jsonb')
  tax!: TaxTerms;

  @Column('jsonb')
  fee!: FeeTerms;

  @Column('text', { name: 'rating_rule' })
  ratingRule!: string;

  @Column('text', { name: 'tax_rule' })
  taxRule!: string;

  @Column('text')
  state!: InvoiceState;

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt!: Date;

  @Column('date', { name: 'due_date' })
  dueDate!: string;

  @Column('timestamptz', { name: 'paid_at', nullable: true })
  paidAt!: Date | null;

  @Column('smallint')
  attempt!: number;

  @Column('bigint', { name: 'paid_minor', transformer: minorUnits })
  paidMinor!: bigint;

  @Column('bigint', { name: 'credited_minor', transformer: minorUnits })
  creditedMinor!: bigint;

  @Column('bigint', { name: 'credited_net_minor', transformer: minorUnits })
  creditedNetMinor!: bigint;

  @Column('text', { name: 'purchase_order', nullable: true })
  purchaseOrder!: string | null;

  @Column('text', { name: 'tax_category' })
  taxCategory!: TaxCategory;

  @Column('text', { name: 'tax_rate_id', nullable: true })
  taxRateId!: string | null;

  @Column('jsonb', { name: 'split_terms' })
  splitTerms!: SplitTerms;

  @Column('jsonb', { name: 'tie_order' })
  tieOrder!: readonly ShareKey[];
}

@Entity({ name: 'invoice_lines' })
export class InvoiceLineRow {
  @PrimaryColumn('text', { name: 'invoice_id' })
  invoiceId!: string;

  @PrimaryColumn('smallint', { name: 'line_no' })
  lineNo!: number;

  @Column('text')
  kind!: 'charge' | 'tax';

  @Column('text', { name: 'charge_id', nullable: true })
  chargeId!: string | null;

  @Column('text', { name: 'component_id' })
  componentId!: string;

  @Column('text', { nullable: true })
  meter!: string | null;

  @Column('numeric', { nullable: true })
  quantity!: string | null;

  @Column('bigint', { name: 'amount_minor', transformer: minorUnits })
  amountMinor!: bigint;
}
