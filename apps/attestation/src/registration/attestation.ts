import { defineTransitions, err, ok, type Result } from '@hetao/kernel';
import type { AttestationStatement } from '@hetao/proofs';
import type { RevocationReason } from '../log/log-entry.js';
import { attestationErrors, type AttestationError } from './attestation.errors.js';

export type AttestationState = 'prepared' | 'registered' | 'superseded' | 'revoked' | 'expired';
export type AttestationCommand = 'seal' | 'supersede' | 'revoke' | 'expire';

/** The life of an attestation (reference section 5). Sealing and expiry are brought about by the log and by time. */
export const attestationTransitions = defineTransitions<AttestationState, AttestationCommand>({
  prepared: { seal: 'registered' },
  registered: { supersede: 'superseded', revoke: 'revoked', expire: 'expired' },
  superseded: {},
  revoked: {},
  expired: {},
}).assertReachable('prepared');

/** A registered commitment as this node keeps it. Times are instants (UTC). */
export interface Attestation {
  readonly id: string;
  readonly issuer: string;
  /** Who carries the file and may consent to its verification; known here, never in the log. */
  readonly holderId: string;
  readonly schema: string;
  readonly commitment: string;
  /** The issuer's key (JWK `x`). */
  readonly keyX: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly supersedes: string | null;
  readonly registeredAt: Date;
  readonly revokedAt: Date | null;
  readonly revocationReason: RevocationReason | null;
  readonly supersededBy: string | null;
  readonly supersededAt: Date | null;
  /** Place in the log; none before its checkpoint. */
  readonly leafIndex: number | null;
}

/** A new attestation from a statement whose signature was checked. */
export function prepareAttestation(
  statement: AttestationStatement,
  { holderId, keyX, at }: { readonly holderId: string; readonly keyX: string; readonly at: Date },
  instant: (iso: string) => Date,
): Attestation {
  return {
    id: statement.status_ref,
    issuer: statement.issuer,
    holderId,
    schema: statement.schema,
    commitment: statement.commitment,
    keyX,
    validFrom: instant(statement.valid_from),
    validTo: instant(statement.valid_to),
    supersedes: statement.supersedes,
    registeredAt: at,
    revokedAt: null,
    revocationReason: null,
    supersededBy: null,
    supersededAt: null,
    leafIndex: null,
  };
}

/** The state at an instant. What an issuer decided outlives the period of validity. */
export function stateOf(attestation: Attestation, at: Date): AttestationState {
  if (attestation.revokedAt !== null) return 'revoked';
  if (attestation.supersededAt !== null) return 'superseded';
  if (attestation.leafIndex === null) return 'prepared';
  return at.getTime() >= attestation.validTo.getTime() ? 'expired' : 'registered';
}

/** The outcome of a command; `changed` is false when it had already happened. */
export interface AttestationOutcome {
  readonly attestation: Attestation;
  readonly changed: boolean;
}

/** Takes an attestation back. Repeating it, for whatever reason, changes nothing. */
export function revokeAttestation(
  attestation: Attestation,
  reason: RevocationReason,
  at: Date,
): Result<AttestationOutcome, AttestationError> {
  if (stateOf(attestation, at) === 'revoked') return ok({ attestation, changed: false });
  const allowed = mayBe('revoke', attestation, at);
  if (!allowed.ok) return allowed;
  return ok({ attestation: { ...attestation, revokedAt: at, revocationReason: reason }, changed: true });
}

/** Puts a newer attestation of the same issuer in its place. */
export function supersedeAttestation(
  attestation: Attestation,
  by: Attestation,
  at: Date,
): Result<Attestation, AttestationError> {
  const allowed = mayBe('supersede', attestation, at);
  if (!allowed.ok) return allowed;
  return ok({ ...attestation, supersededBy: by.id, supersededAt: at });
}

function mayBe(command: AttestationCommand, attestation: Attestation, at: Date): Result<null, AttestationError> {
  const state = stateOf(attestation, at);
  if (attestationTransitions.canTransition(state, command)) return ok(null);
  return err(
    attestationErrors.ATTESTATION_TRANSITION_REFUSED(
      `Attestation ${attestation.id} is ${state}; "${command}" is not possible.`,
      {
        meta: { state, accepted: attestationTransitions.commandsFrom(state) },
      },
    ),
  );
}
