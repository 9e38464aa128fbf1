import type { Currency } from '@hetao/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BankAccount } from '../agreement/agreement.js';
import { minorUnits } from '../database/columns.js';
import type { PayableShare, PayoutState } from './payout.js';

@Entity({ name: 'payouts' })
export class PayoutRow {
  @PrimaryColumn('text', { name: 'payout_id' })
  payoutId!: string;

  @Column('text')
  period!: string;

  @Column('text', { name: 'beneficiary_id' })
  beneficiaryId!: string;

  @Column('text')
  share!: PayableShare;

  @Column('bigint', { name: 'amount_minor', transformer: minorUnits })
  amountMinor!: bigint;

  @Column('bigint', { name: 'gross_minor', transformer: minorUnits })
  grossMinor!: bigint;

  @Column('text')
  currency!: Currency;

  @Column('text', { name: 'end_to_end_id' })
  endToEndId!: string;

  @Column('jsonb', { name: 'bank_account' })
  bankAccount!: BankAccount;

  @Column('text')
  state!: PayoutState;

  @Column('timestamptz', { name: 'instructed_at' })
  instructedAt!: Date;

  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt!: Date | null;
}
