import { defineTransitions, err, ok, type Result } from '@hetao/kernel';
import {
  algorithmOf,
  thumbprintOf,
  type SigningAlgorithm,
  type SigningJwk,
  type SigningKeyRecord,
} from '@hetao/proofs';
import { signingKeyErrors, type SigningKeyError } from './signing-key.errors.js';

export type SigningKeyStatus = 'proposed' | 'proven' | 'active' | 'revoked';
export type SigningKeyCommand = 'prove' | 'confirm' | 'revoke';

/** The life of a key: one person proposes it, its holder proves he has it, a second person confirms it. */
export const signingKeyTransitions = defineTransitions<SigningKeyStatus, SigningKeyCommand>({
  proposed: { prove: 'proven', revoke: 'revoked' },
  proven: { confirm: 'active', revoke: 'revoked' },
  active: { revoke: 'revoked' },
  revoked: {},
}).assertReachable('proposed');

/** A public key an organisation signs agreements with. Times are instants (UTC). */
export interface SigningKey {
  readonly id: string;
  readonly organisationId: string;
  /** JWK thumbprint (RFC 7638): what signatures call the key by. */
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly jwk: SigningJwk;
  readonly label: string;
  readonly status: SigningKeyStatus;
  /** What the holder signs to prove the key; it names key and organisation, so it proves nothing elsewhere. */
  readonly challenge: string;
  /** It can be proven until just before. */
  readonly proveBy: Date;
  /** In force from its confirmation (null before) until just before `validUntil`. */
  readonly validFrom: Date | null;
  readonly validUntil: Date;
  readonly revokedAt: Date | null;
  /** Who proposed it, and so may not confirm it. */
  readonly proposedBy: string;
  readonly proposedAt: Date;
}

/** One line of a key's history, which is only ever added to. */
export interface SigningKeyStep {
  readonly command: 'propose' | SigningKeyCommand;
  readonly to: SigningKeyStatus;
  readonly at: Date;
  readonly bySubject: string;
  readonly byOrganisation: string;
  readonly reason: string | null;
}

/** The outcome of a command; `step` is null when it had already happened. */
export interface SigningKeyOutcome {
  readonly key: SigningKey;
  readonly step: SigningKeyStep | null;
}

/** Who acts. */
export interface KeyActor {
  readonly subject: string;
  readonly organisationId: string;
}

const MAX_VALID_MS = 3 * 366 * 86_400_000;

/** Proposes a key for the actor's own organisation; it signs nothing yet. */
export function proposeKey(
  input: Pick<SigningKey, 'id' | 'jwk' | 'label' | 'validUntil' | 'proveBy'> & { readonly nonce: string },
  by: KeyActor,
  at: Date,
): Result<SigningKeyOutcome, SigningKeyError> {
  const { nonce, id, jwk, label, validUntil, proveBy } = input;
  const validMs = validUntil.getTime() - at.getTime();
  if (validMs <= 0 || validMs > MAX_VALID_MS) {
    const detail = `A key proposed now cannot be valid until ${validUntil.toISOString()}.`;
    return err(signingKeyErrors.SIGNING_KEY_VALIDITY_INVALID(detail, { pointer: '/valid_until' }));
  }
  const { organisationId, subject } = by;
  const key: SigningKey = {
    ...{ id, organisationId, jwk, label, validUntil, proveBy },
    kid: thumbprintOf(jwk),
    algorithm: algorithmOf(jwk),
    status: 'proposed',
    challenge: `hetao-signing-key:${organisationId}:${id}:${nonce}`,
    validFrom: null,
    revokedAt: null,
    proposedBy: subject,
    proposedAt: at,
  };
  return ok({ key, step: stepOf('propose', key, by, { at, reason: null }) });
}

/** Takes note that the holder signed the challenge; whether the proof is good was checked before. */
export function proveKeyHeld(key: SigningKey, by: KeyActor, at: Date): Result<SigningKeyOutcome, SigningKeyError> {
  if (key.status === 'proven' || key.status === 'active') return ok({ key, step: null });
  if (key.status === 'proposed' && at.getTime() >= key.proveBy.getTime()) {
    const detail = `Key ${key.id} could be proven until ${key.proveBy.toISOString()}.`;
    return err(signingKeyErrors.SIGNING_KEY_CHALLENGE_OVER(detail));
  }
  return move(key, 'prove', by, { at, reason: null });
}

/** Puts a proven key in force, by another person than the one who proposed it. */
export function confirmKey(key: SigningKey, by: KeyActor, at: Date): Result<SigningKeyOutcome, SigningKeyError> {
  if (key.proposedBy === by.subject) {
    return err(signingKeyErrors.SIGNING_KEY_OWN(`You proposed key ${key.id} yourself.`));
  }
  if (key.status === 'active') return ok({ key, step: null });
  const moved = move(key, 'confirm', by, { at, reason: null });
  return moved.ok ? ok({ ...moved.value, key: { ...moved.value.key, validFrom: at } }) : moved;
}

/** Takes a key out of use, from this instant on; what was signed with it before stands. */
export function revokeKey(
  key: SigningKey,
  by: KeyActor,
  act: { readonly at: Date; readonly reason: string },
): Result<SigningKeyOutcome, SigningKeyError> {
  if (key.status === 'revoked') return ok({ key, step: null });
  const moved = move(key, 'revoke', by, act);
  return moved.ok ? ok({ ...moved.value, key: { ...moved.value.key, revokedAt: act.at } }) : moved;
}

/** The key as signatures are verified against it; undefined for one that was never in force. */
export function keyRecord(key: SigningKey): SigningKeyRecord | undefined {
  if (key.validFrom === null) return undefined;
  return {
    kid: key.kid,
    organisation_id: key.organisationId,
    algorithm: key.algorithm,
    jwk: key.jwk,
    valid_from: key.validFrom.toISOString(),
    valid_until: key.validUntil.toISOString(),
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}

function move(
  key: SigningKey,
  command: SigningKeyCommand,
  by: KeyActor,
  act: { readonly at: Date; readonly reason: string | null },
): Result<SigningKeyOutcome, SigningKeyError> {
  const [to] = signingKeyTransitions.targets(key.status, command);
  if (to === undefined) {
    const accepted = signingKeyTransitions.commandsFrom(key.status);
    return err(
      signingKeyErrors.SIGNING_KEY_TRANSITION_REFUSED(`Key ${key.id} is ${key.status}; "${command}" is not possible.`, {
        meta: { status: key.status, accepted },
      }),
    );
  }
  const moved = { ...key, status: to };
  return ok({ key: moved, step: stepOf(command, moved, by, act) });
}

function stepOf(
  command: SigningKeyStep['command'],
  { status }: SigningKey,
  by: KeyActor,
  act: { readonly at: Date; readonly reason: string | null },
): SigningKeyStep {
  return { command, to: status, ...act, bySubject: by.subject, byOrganisation: by.organisationId };
}
