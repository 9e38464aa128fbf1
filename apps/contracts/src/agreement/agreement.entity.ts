import type { Jurisdiction } from '@hetao/kernel';
import type { AnyPricePlan } from '@hetao/rating';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Quota, RenewalTerms } from '../offer/offer.js';
import type { UsagePolicy } from '../policy/policy.js';
import type { AgreementParty, AgreementStatus, AgreementStep, Hold, Notice } from './agreement.js';
import type { ReleaseCondition, Supersession } from './agreement-text.js';

/** What is signed; only ever inserted. */
@Entity({ name: 'agreements' })
export class AgreementRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'request_id', type: 'text' })
  requestId!: string;

  @Column({ name: 'offer_id', type: 'text' })
  offerId!: string;

  @Column({ name: 'product_id', type: 'text' })
  productId!: string;

  @Column({ name: 'product_version', type: 'integer' })
  productVersion!: number;

  @Column({ name: 'merchant_id', type: 'text' })
  merchantId!: string;

  @Column({ name: 'buyer_id', type: 'text' })
  buyerId!: string;

  @Column({ name: 'channel_partner_id', type: 'text', nullable: true })
  channelPartnerId!: string | null;

  @Column({ type: 'jsonb' })
  plan!: AnyPricePlan;

  @Column({ name: 'time_zone', type: 'text' })
  timeZone!: string;

  @Column({ type: 'jsonb' })
  policy!: UsagePolicy;

  @Column({ type: 'jsonb', nullable: true })
  quota!: Quota | null;

  @Column({ type: 'text' })
  purpose!: string;

  @Column({ name: 'place_of_use', type: 'text' })
  placeOfUse!: Jurisdiction;

  @Column({ type: 'jsonb', nullable: true })
  release!: ReleaseCondition | null;

  @Column({ name: 'effective_from', type: 'timestamptz' })
  effectiveFrom!: Date;

  @Column({ name: 'effective_until', type: 'timestamptz' })
  effectiveUntil!: Date;

  @Column({ name: 'notice_days', type: 'integer' })
  noticeDays!: number;

  @Column({ type: 'jsonb', nullable: true })
  renewal!: RenewalTerms | null;

  @Column({ type: 'jsonb', nullable: true })
  supersedes!: Supersession | null;

  @Column({ name: 'sign_by', type: 'timestamptz' })
  signBy!: Date;

  @Column({ type: 'jsonb' })
  document!: object;

  @Column({ name: 'document_hash', type: 'text' })
  documentHash!: string;

  @Column({ name: 'drafted_at', type: 'timestamptz' })
  draftedAt!: Date;
}

/** One line of an agreement's history; only ever inserted. */
@Entity({ name: 'agreement_steps' })
export class AgreementStepRow {
  @PrimaryColumn({ name: 'agreement_id', type: 'text' })
  agreementId!: string;

  @PrimaryColumn({ type: 'integer' })
  step!: number;

  @Column({ type: 'text' })
  command!: AgreementStep['command'];

  @Column({ name: 'status_from', type: 'text', nullable: true })
  from!: AgreementStatus | null;

  @Column({ name: 'status_to', type: 'text' })
  to!: AgreementStatus;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'by_subject', type: 'text', nullable: true })
  bySubject!: string | null;

  @Column({ name: 'by_organisation', type: 'text', nullable: true })
  byOrganisation!: string | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;
}

/** The record of one signature; only ever inserted. */
@Entity({ name: 'agreement_signatures' })
export class AgreementSignatureRow {
  @PrimaryColumn({ name: 'agreement_id', type: 'text' })
  agreementId!: string;

  @PrimaryColumn({ type: 'text' })
  party!: AgreementParty;

  @Column({ type: 'text' })
  subject!: string;

  @Column({ name: 'display_name', type: 'text' })
  displayName!: string;

  @Column({ name: 'organisation_id', type: 'text' })
  organisationId!: string;

  @Column({ name: 'document_hash', type: 'text' })
  documentHash!: string;

  @Column({ name: 'signed_at', type: 'timestamptz' })
  signedAt!: Date;
}

/** How far the history has come, and when time will act next: the one row of an agreement that changes. */
@Entity({ name: 'agreement_heads' })
export class AgreementHeadRow {
  @PrimaryColumn({ name: 'agreement_id', type: 'text' })
  agreementId!: string;

  @Column({ type: 'text' })
  status!: AgreementStatus;

  @Column({ type: 'integer' })
  step!: number;

  @Column({ type: 'jsonb' })
  holds!: readonly Hold[];

  @Column({ type: 'jsonb' })
  notices!: readonly Notice[];

  @Column({ name: 'in_force_since', type: 'timestamptz', nullable: true })
  inForceSince!: Date | null;

  @Column({ name: 'successor_id', type: 'text', nullable: true })
  successorId!: string | null;

  @Column({ name: 'due_at', type: 'timestamptz', nullable: true })
  dueAt!: Date | null;
}
