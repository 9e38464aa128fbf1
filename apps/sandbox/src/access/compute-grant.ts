import { err, ok, type Result } from '@hetao/kernel';
import type { IsolationLevel } from '../isolation/isolation-level.js';
import { accessErrors, type AccessError } from './access.errors.js';

/** How data may legally be seen from a place. `synthetic`: there is no person behind it. */
export const legalBasisKinds = [
  'synthetic',
  'domestic',
  'consent',
  'gba_standard_contract',
  'standard_contract',
  'certification',
  'security_assessment',
  'negative_list',
] as const;
export type LegalBasisKind = (typeof legalBasisKinds)[number];

/** A recorded reason in law why data of an enclave may be seen from one place. */
export interface LegalBasis {
  readonly id: string;
  readonly kind: LegalBasisKind;
  /** Number of the filing, decision or contract. */
  readonly reference: string;
  /** ISO 3166-1 alpha-2: from where it may be seen. */
  readonly destination: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly withdrawnAt: Date | null;
}

/** What an agreement lets compute on an enclave, as its custodian offered it. */
export interface ComputeTerms {
  /** Privacy budget of one project on one dataset version. */
  readonly epsilon: number;
  readonly queriesPerDay: number;
  readonly sessionMinutes: number;
  readonly vcpuSeconds: number;
  readonly gbSeconds: number;
  readonly outputFiles: number;
  /** Rows that may be put to the models that were trained under it. */
  readonly predictions: number;
  /** Whether any code may run once its hash is approved, or only templates. */
  readonly ownCode: boolean;
  readonly maxPeople: number;
}

/** An agreement on an enclave's product, as far as computing goes. */
export interface ComputeLicence {
  readonly agreementId: string;
  readonly buyerId: string;
  readonly purposes: readonly string[];
  readonly places: readonly string[];
  readonly meters: readonly string[];
  readonly needsRelease: boolean;
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** Why it is not in force although its dates say so; null while it is. */
  readonly halted: string | null;
}

/** Somebody the custodian admitted under an agreement. */
export interface AdmittedPerson {
  readonly subject: string;
  /** Where they work from. */
  readonly place: string;
  readonly trainedOn: string;
}

/** Everything the decision looks at. */
export interface AccessFacts {
  readonly origin: string;
  readonly floor: IsolationLevel;
  readonly terms: ComputeTerms;
  readonly licences: readonly ComputeLicence[];
  readonly person: AdmittedPerson | null;
  readonly bases: readonly LegalBasis[];
  /** The release in force for the agreement; null when there is none. */
  readonly releaseOf: (agreementId: string) => string | null;
  readonly at: Date;
}

/** That somebody may compute on an enclave, and by what. */
export interface ComputeGrant {
  readonly agreementId: string;
  readonly buyerId: string;
  readonly purpose: string;
  readonly place: string;
  /** Seen from outside the place the data lies in: remote viewing counts as export. */
  readonly isAbroad: boolean;
  readonly legalBasis: { readonly id: string; readonly kind: LegalBasisKind; readonly reference: string };
  readonly releaseId: string | null;
  readonly floor: IsolationLevel;
  readonly terms: ComputeTerms;
  readonly meters: readonly string[];
}

/**
 * Whether a session, a job or a result may be opened to somebody: an agreement in force, a person its custodian admitted,
 * a legal basis for the place they look from, and a release where the agreement's data crosses a border. Each is needed;
 * what is not recorded is not there.
 */
export function decideAccess(facts: AccessFacts): Result<ComputeGrant, AccessError> {
  const { person, at } = facts;
  const licence = facts.licences.find((one) => one.halted === null && within(one, at));
  if (!licence) return err(accessErrors.COMPUTE_LICENCE_MISSING(whyNoLicence(facts)));
  if (!person)
    return err(accessErrors.COMPUTE_PERSON_UNKNOWN('The custodian has not admitted you under this agreement.'));
  if (!licence.places.includes(person.place)) {
    return err(
      accessErrors.COMPUTE_PLACE_NOT_LICENSED(`You work from ${person.place}; licensed: ${licence.places.join(', ')}.`),
    );
  }
  const basis = facts.bases.find(
    (one) => one.destination === person.place && one.withdrawnAt === null && within(one, at),
  );
  if (!basis) {
    return err(
      accessErrors.LEGAL_BASIS_MISSING(`No legal basis in force lets this data be seen from ${person.place}.`),
    );
  }
  const isAbroad = person.place !== facts.origin;
  const releaseId = facts.releaseOf(licence.agreementId);
  if (isAbroad && licence.needsRelease && releaseId === null) {
    return err(
      accessErrors.REMOTE_VIEWING_NOT_RELEASED(`No release of customs is in force for ${licence.agreementId}.`),
    );
  }
  const legalBasis = { id: basis.id, kind: basis.kind, reference: basis.reference };
  const { agreementId, buyerId, purposes, meters } = licence;
  return ok({
    ...{
      agreementId,
      buyerId,
      purpose: purposes[0] ?? 'research',
      place: person.place,
      isAbroad,
      legalBasis,
      releaseId,
    },
    ...{ floor: facts.floor, terms: facts.terms, meters },
  });
}

function within({ validFrom, validUntil }: { validFrom: Date; validUntil: Date }, at: Date): boolean {
  return validFrom.getTime() <= at.getTime() && at.getTime() < validUntil.getTime();
}

function whyNoLicence({ licences, at }: AccessFacts): string {
  const halted = licences.find((one) => one.halted !== null && within(one, at));
  if (halted) return `Agreement ${halted.agreementId} rests or has ended: ${halted.halted ?? ''}`;
  return licences.length === 0
    ? 'Your organisation has no agreement on this data.'
    : `No agreement of your organisation covers ${at.toISOString()}.`;
}
