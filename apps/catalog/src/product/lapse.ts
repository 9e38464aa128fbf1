import type { Finding } from '../review/finding.js';
import type { Product } from './product.js';

/** Findings that end what a listing stands on; anything else was known when it was listed. */
const LAPSES: ReadonlySet<string> = new Set([
  'MERCHANT_CERTIFICATE_INVALID',
  'UPSTREAM_RIGHT_EXPIRED',
  'DOCUMENT_EXPIRED',
  'DOCUMENT_ISSUER_UNKNOWN',
  'REGISTRATION_EXPIRED',
]);

/** Why a listing cannot stay on the market today, in sentences; empty when it can. */
export function lapses({ certificateUntil }: Product, findings: readonly Finding[], today: string): readonly string[] {
  const lapsed = findings.filter(({ code }) => LAPSES.has(code)).map(({ detail }) => detail);
  if (lapsed.length > 0 || certificateUntil === null || certificateUntil >= today) return lapsed;
  return [`The listing certificate ended on ${certificateUntil}.`];
}
