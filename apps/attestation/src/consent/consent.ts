import { err, ok, type Result } from '@hetao/kernel';
import { consentErrors, type ConsentError } from './consent.errors.js';

/** What a receiver may verify a file for; a closed list, so that both sides mean the same. */
export const consentPurposes = [
  'credit_assessment',
  'account_opening',
  'kyc',
  'research',
  'audit',
  'contract',
] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/** A holder's leave for one receiver to verify one attestation for one purpose until a date. Instants are UTC. */
export interface Consent {
  readonly id: string;
  readonly attestationId: string;
  readonly holderId: string;
  readonly receiverId: string;
  readonly purpose: ConsentPurpose;
  readonly validUntil: Date;
  readonly givenAt: Date;
  readonly givenBy: string;
  readonly withdrawnAt: Date | null;
}

const DAY_MS = 86_400_000;
const MAX_DAYS = 366;

/** Gives a consent; `knownHolder` is the holder whom the issuer named, where this node knows the attestation. */
export function giveConsent(
  consent: Omit<Consent, 'withdrawnAt'>,
  knownHolder: string | undefined,
): Result<Consent, ConsentError> {
  if (knownHolder !== undefined && knownHolder !== consent.holderId) {
    return err(consentErrors.CONSENT_NOT_YOURS_TO_GIVE('Your organisation is not the holder of this attestation.'));
  }
  const days = (consent.validUntil.getTime() - consent.givenAt.getTime()) / DAY_MS;
  if (days <= 0 || days > MAX_DAYS) {
    const detail = `valid_until ${consent.validUntil.toISOString()} is ${days <= 0 ? 'past' : 'too far away'}.`;
    return err(consentErrors.CONSENT_TERM_INVALID(detail, { pointer: '/valid_until' }));
  }
  return ok({ ...consent, withdrawnAt: null });
}

/** Takes a consent back; what was verified before stays verified. Repeating it changes nothing. */
export function withdrawConsent(consent: Consent, at: Date): Consent {
  return consent.withdrawnAt === null ? { ...consent, withdrawnAt: at } : consent;
}

/** What a receiver asks a consent for. */
export interface ConsentQuestion {
  readonly receiverId: string;
  readonly purpose: ConsentPurpose;
  readonly at: Date;
}

/** Whether a consent covers a verification: this receiver, this purpose, now. */
export function coversVerification(consent: Consent | null, asked: ConsentQuestion): Result<Consent, ConsentError> {
  // Whoever is not named learns nothing, not even that there is such a consent.
  if (consent?.receiverId !== asked.receiverId)
    return err(consentErrors.CONSENT_UNKNOWN('There is no such consent for you.'));
  const refused = (detail: string): Result<never, ConsentError> => err(consentErrors.CONSENT_DOES_NOT_COVER(detail));
  if (consent.withdrawnAt !== null) return refused(`It was withdrawn at ${consent.withdrawnAt.toISOString()}.`);
  if (asked.at.getTime() >= consent.validUntil.getTime())
    return refused(`It ended at ${consent.validUntil.toISOString()}.`);
  if (asked.purpose !== consent.purpose) return refused(`It was given for "${consent.purpose}".`);
  return ok(consent);
}
