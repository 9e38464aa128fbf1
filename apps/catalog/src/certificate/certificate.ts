import type { LocalizedText } from '@hetao/kernel';

export const certificateKinds = ['participant', 'listing'] as const;
export type CertificateKind = (typeof certificateKinds)[number];

/** What the exchange certifies: who, or which product in which version. */
export interface CertificateContent {
  readonly name: LocalizedText;
  readonly holderName: LocalizedText;
  /** Roles of a participant; kind and version of a product. */
  readonly statement: string;
  /** What it rests on: the organisation's own papers, the operator's record, or the review of a listing. */
  readonly basis: 'papers' | 'operator_record' | 'review';
}

export interface Certificate {
  readonly number: string;
  readonly kind: CertificateKind;
  /** The participant or the product. */
  readonly subjectId: string;
  /** The organisation that may show it. */
  readonly holderId: string;
  readonly issuedAt: Date;
  /** Last day, ISO 8601. */
  readonly validUntil: string;
  readonly content: CertificateContent;
  /** SHA-256 of the canonical content, so that a printed one can be held against the register. */
  readonly contentHash: string;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string | null;
}

export type CertificateStanding = 'valid' | 'expired' | 'withdrawn';

/** What a badge may say on this day. */
export function standingOf({ withdrawnAt, validUntil }: Certificate, today: string): CertificateStanding {
  if (withdrawnAt !== null) return 'withdrawn';
  return validUntil < today ? 'expired' : 'valid';
}

const LETTER: Readonly<Record<CertificateKind, string>> = { participant: 'P', listing: 'L' };

/** The series a certificate is numbered in: one a kind and a year, without gaps. */
export function seriesOf(kind: CertificateKind, today: string): string {
  return `HTX-${LETTER[kind]}-${today.slice(0, 4)}`;
}

/** Number of the n-th certificate of a series, such as `HTX-L-2026-000017`. */
export function numberIn(series: string, count: number): string {
  return `${series}-${String(count).padStart(6, '0')}`;
}
