import type { SigningAlgorithm, SigningJwk } from '@hetao/proofs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SigningKeyStatus, SigningKeyStep } from './signing-key.js';

@Entity({ name: 'signing_keys' })
export class SigningKeyRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'organisation_id', type: 'text' })
  organisationId!: string;

  @Column({ type: 'text' })
  kid!: string;

  @Column({ type: 'text' })
  algorithm!: SigningAlgorithm;

  @Column({ type: 'jsonb' })
  jwk!: SigningJwk;

  @Column({ type: 'text' })
  label!: string;

  @Column({ type: 'text' })
  status!: SigningKeyStatus;

  @Column({ type: 'text' })
  challenge!: string;

  @Column({ name: 'prove_by', type: 'timestamptz' })
  proveBy!: Date;

  @Column({ name: 'valid_from', type: 'timestamptz', nullable: true })
  validFrom!: Date | null;

  @Column({ name: 'valid_until', type: 'timestamptz' })
  validUntil!: Date;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;

  @Column({ name: 'proposed_by', type: 'text' })
  proposedBy!: string;

  @Column({ name: 'proposed_at', type: 'timestamptz' })
  proposedAt!: Date;
}

/** One line of a key's history; only ever inserted. */
@Entity({ name: 'signing_key_steps' })
export class SigningKeyStepRow {
  @PrimaryColumn({ name: 'key_id', type: 'text' })
  keyId!: string;

  @PrimaryColumn({ type: 'text' })
  command!: SigningKeyStep['command'];

  @Column({ name: 'status_to', type: 'text' })
  to!: SigningKeyStatus;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'by_subject', type: 'text' })
  bySubject!: string;

  @Column({ name: 'by_organisation', type: 'text' })
  byOrganisation!: string;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;
}
