import type { LocalizedText } from '@hetao/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BankAccount } from './agreement.js';

/** A participant as last approved: the name for documents and the account that payouts go to. */
@Entity({ name: 'participants' })
export class ParticipantRow {
  @PrimaryColumn('text', { name: 'participant_id' })
  participantId!: string;

  @Column('jsonb')
  name!: LocalizedText;

  @Column('text')
  jurisdiction!: string;

  @Column('text', { name: 'home_currency' })
  homeCurrency!: string;

  @Column('jsonb', { name: 'bank_account', nullable: true })
  bankAccount!: BankAccount | null;

  @Column('timestamptz', { name: 'approved_at' })
  approvedAt!: Date;
}
