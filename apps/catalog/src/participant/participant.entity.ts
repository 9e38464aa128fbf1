import type { Currency, Jurisdiction, LocalizedText } from '@hetao/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BankAccount } from './bank-account.js';
import type { ParticipantRole, ParticipantStatus, Profile } from './participant.js';

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

  @Column({ type: 'jsonb', nullable: true })
  profile!: Profile | null;

  @Column({ type: 'text' })
  status!: ParticipantStatus;

  @Column({ name: 'registered_at', type: 'timestamptz' })
  registeredAt!: Date;

  @Column({ name: 'submitted_at', type: 'timestamptz', nullable: true })
  submittedAt!: Date | null;

  @Column({ name: 'submitted_by', type: 'text', nullable: true })
  submittedBy!: string | null;

  @Column({ name: 'taken_by', type: 'text', nullable: true })
  takenBy!: string | null;

  @Column({ name: 'approved_at', type: 'timestamptz', nullable: true })
  approvedAt!: Date | null;

  @Column({ name: 'approved_by', type: 'text', nullable: true })
  approvedBy!: string | null;

  @Column({ name: 'suspended_at', type: 'timestamptz', nullable: true })
  suspendedAt!: Date | null;

  @Column({ name: 'suspension_reason', type: 'text', nullable: true })
  suspensionReason!: string | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt!: Date | null;

  @Column({ name: 'end_reason', type: 'text', nullable: true })
  endReason!: string | null;

  @Column({ name: 'certificate_number', type: 'text', nullable: true })
  certificateNumber!: string | null;

  @Column({ name: 'certificate_until', type: 'text', nullable: true })
  certificateUntil!: string | null;

  /** What the names look like (UTS 39): written with every change, read when another name is chosen. */
  @Column({ name: 'name_skeletons', type: 'text', array: true, select: false })
  nameSkeletons!: string[];

  @Column({ type: 'integer' })
  revision!: number;
}
