import { defineTransitions } from '@hetao/kernel';
import type { VerificationOutcome } from '@hetao/proofs';
import type { ConsentPurpose } from '../consent/consent.js';
import type { AttestationState } from '../registration/attestation.js';

export type VerificationState = 'requested' | 'consented' | VerificationOutcome;
export type VerificationCommand = 'consent' | 'judge';

/** The life of a verification (reference section 5): without the holder's consent nothing is answered. */
export const verificationTransitions = defineTransitions<VerificationState, VerificationCommand>({
  requested: { consent: 'consented' },
  consented: {
    judge: [
      'matched_valid',
      'matched_expired',
      'matched_revoked',
      'mismatch',
      'no_record',
      'issuer_untrusted',
      'proof_invalid',
      'log_inconsistent',
    ],
  },
  matched_valid: {},
  matched_expired: {},
  matched_revoked: {},
  mismatch: {},
  no_record: {},
  issuer_untrusted: {},
  proof_invalid: {},
  log_inconsistent: {},
}).assertReachable('requested');

/** What the node knows about the attestation in question. */
export interface KnownAttestation {
  readonly commitment: string;
  readonly state: AttestationState;
  readonly holderId: string;
  readonly validFrom: Date;
  readonly issuerTrusted: boolean;
}

/** Everything an outcome follows from. */
export interface Evidence {
  /** The receipt the holder handed over, if he did: whether it holds, and whether it fits this log. */
  readonly receipt: 'absent' | 'good' | 'invalid' | 'inconsistent';
  /** An alarm about the log stands: it was seen to contradict itself. */
  readonly logSuspect: boolean;
  readonly attestation: KnownAttestation | null;
}

/** What the receiver brings. */
export interface VerificationQuestion {
  /** Recomputed by the receiver from file and salt, which stay with him. */
  readonly commitment: string;
  readonly holderId: string;
  readonly at: Date;
}

/**
 * Judges. Doubts about log and receipt come first, since nothing else counts then; the status comes last, so that
 * whoever does not have the file learns nothing of it.
 */
export function judge(evidence: Evidence, { commitment, holderId, at }: VerificationQuestion): VerificationOutcome {
  const { receipt, logSuspect, attestation } = evidence;
  if (receipt === 'invalid') return 'proof_invalid';
  if (receipt === 'inconsistent' || logSuspect) return 'log_inconsistent';
  // A consent of somebody who is not the holder opens nothing.
  if (attestation === null || attestation.state === 'prepared' || attestation.holderId !== holderId) return 'no_record';
  if (!attestation.issuerTrusted) return 'issuer_untrusted';
  if (attestation.commitment !== commitment) return 'mismatch';
  switch (attestation.state) {
    case 'revoked':
    case 'superseded':
      return 'matched_revoked';
    case 'expired':
      return 'matched_expired';
    case 'registered':
      return at.getTime() < attestation.validFrom.getTime() ? 'matched_expired' : 'matched_valid';
  }
}

/** What a receiver keeps as proof that he checked: every field of it is committed to in the log. */
export interface VerificationDocument {
  readonly verification_id: string;
  readonly attestation_id: string;
  readonly consent_id: string;
  readonly receiver_id: string;
  readonly purpose: ConsentPurpose;
  readonly outcome: VerificationOutcome;
  readonly checked_at: string;
}
