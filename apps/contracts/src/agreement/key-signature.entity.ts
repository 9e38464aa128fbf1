import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AgreementParty } from './agreement.js';

/** A party's signature with a key of its own; only ever inserted. */
@Entity({ name: 'agreement_key_signatures' })
export class KeySignatureRow {
  @PrimaryColumn({ name: 'agreement_id', type: 'text' })
  agreementId!: string;

  @PrimaryColumn({ type: 'text' })
  party!: AgreementParty;

  @Column({ name: 'organisation_id', type: 'text' })
  organisationId!: string;

  @Column({ type: 'text' })
  kid!: string;

  @Column({ type: 'text' })
  jws!: string;

  @Column({ name: 'signed_at', type: 'timestamptz' })
  signedAt!: Date;

  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt!: Date;
}
