import { commit, digestsOf, type SignedStatement } from '@hetao/proofs';
import { canonicalJson } from '@hetao/kernel';

/** Why an issuer takes an attestation back; a closed list, so that no free text with names gets into the log. */
export const revocationReasons = ['issued_in_error', 'content_changed', 'key_compromised', 'withdrawn'] as const;
export type RevocationReason = (typeof revocationReasons)[number];

/**
 * All that the log ever holds (reference 6.2): commitments, issuers, schema ids, times and status references. Never
 * names, numbers of identity, amounts, file names, receivers, or unsalted hashes of what could be guessed.
 */
export type LogEntry =
  | { readonly kind: 'attestation-registered'; readonly signed: SignedStatement }
  | {
      readonly kind: 'attestation-revoked';
      readonly status_ref: string;
      readonly reason: RevocationReason;
      readonly at: string;
    }
  | {
      readonly kind: 'record-committed';
      /** Type of the event, or `consent`, `verification`. */
      readonly record: string;
      readonly commitment: string;
      readonly commitment_sm3: string;
      readonly at: string;
    };

/** The entry for a document that is shown to its parties only: its canonical JSON, hidden behind a salt. */
export function recordEntry(record: string, document: unknown, salt: string, at: Date): LogEntry {
  const { commitment, commitmentSm3 } = commit(digestsOf(canonicalJson(document)), salt);
  return { kind: 'record-committed', record, commitment, commitment_sm3: commitmentSm3, at: at.toISOString() };
}
