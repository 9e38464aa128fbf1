import type { Currency, Jurisdiction, LocalizedText } from '@hetao/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BankAccount } from './bank-account.js';
import type { ParticipantRole, ParticipantStatus } from './participant.js';

@Entity({ name: 'participants' })
export class ParticipantRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'jsonb' })
  name!: LocalizedText;

  @Column({ type: 'text' })
  jurisdiction!: Jurisdiction;

  @Column({ type: 'text', array: true })
  roles!: ParticipantRole[];

  @Column({ name: 'home_currency', type: 'text' })
  homeCurrency!: Currency;

  @Column({ name: 'bank_account', type: 'jsonb', nullable: true })
  bankAccount!: BankAccount | null;

  @Column({ type: 'text' })
  status!: ParticipantStatus;

  @Column({ name: 'registered_at', type: 'timestamptz' })
  registeredAt!: Date;

  @Column({ name: 'approved_at', type: 'timestamptz', nullable: true })
  approvedAt!: Date | null;

  @Column({ name: 'approved_by', type: 'text', nullable: true })
  approvedBy!: string | null;

  @Column({ name: 'suspended_at', type: 'timestamptz', nullable: true })
  suspendedAt!: Date | null;

  @Column({ name: 'suspension_reason', type: 'text', nullable: true })
  suspensionReason!: string | null;

  @Column({ type: 'integer' })
  revision!: number;
}
