import { err, isJurisdiction, ok, type DomainError, type Jurisdiction, type Result } from '@hetao/kernel';
import {
  checkUsagePolicy,
  describePolicy,
  findGrant,
  odrlOf,
  plainTerms,
  summaryOf,
  type OdrlPolicy,
  type PolicyWindow,
} from '@hetao/rules';
import { policyErrors, type PolicyError } from './policy.errors.js';

/** A policy in ODRL as it is kept and sent: JSON that was read, as an {@link OdrlPolicy}, when it was defined. */
export type PolicyJson = object;

/** What a buyer may do with a product. Whatever is not named here is not allowed. */
export interface UsagePolicy {
  readonly purposes: readonly string[];
  readonly placesOfUse: readonly Jurisdiction[];
  /** May the buyer pass it on. */
  readonly onwardUse: boolean;
  /** How long data may be kept, in days; null where the policy sets no term. */
  readonly retentionDays: number | null;
  /** The policy in full, where it says more than the four above: they are then what it comes to in short. */
  readonly odrl?: PolicyJson;
}

/** What a buyer means to do. */
export interface IntendedUse {
  readonly purpose: string;
  readonly placeOfUse: Jurisdiction;
  /** The organisation that is to use it. */
  readonly recipient?: string;
}

/** The policy in ODRL: the one object that is evaluated, signed and said in words. */
export function odrlFrom({ odrl, purposes, placesOfUse, onwardUse, retentionDays }: UsagePolicy): OdrlPolicy {
  const full: OdrlPolicy | undefined = odrl;
  return full ?? odrlOf({ ...plainTerms, purposes, placesOfUse, onwardUse, retentionDays });
}

/** The four words alone, as events tell them. */
export function policyFacts({ purposes, placesOfUse, onwardUse, retentionDays }: UsagePolicy) {
  return { purposes: [...purposes], placesOfUse: [...placesOfUse], onwardUse, retentionDays };
}

/** The public form of a policy: what the API answers, and takes. */
export function publicPolicy({ odrl, ...policy }: UsagePolicy) {
  return {
    purposes: [...policy.purposes],
    places_of_use: [...policy.placesOfUse],
    onward_use: policy.onwardUse,
    retention_days: policy.retentionDays,
    ...(odrl === undefined ? {} : { odrl }),
  };
}

/**
 * Checks a policy when it is defined, so that it is never found wanting when it is used: what it says in ODRL must be
 * free of contradictions during the term, and its four words must be what that comes to.
 */
export function checkPolicy(policy: UsagePolicy, term: PolicyWindow): Result<UsagePolicy, DomainError> {
  const { purposes, placesOfUse, retentionDays } = policy;
  if (!areDistinct(purposes)) return refused('/policy/purposes', 'purposes must be named, each once');
  if (!areDistinct(placesOfUse)) return refused('/policy/places_of_use', 'places of use must be named, each once');
  if (retentionDays !== null && retentionDays < 1) {
    return refused('/policy/retention_days', `a retention of ${retentionDays} days allows no use`);
  }
  return policy.odrl === undefined ? ok(policy) : checkFull(policy, term);
}

/** The four words of a policy stated in ODRL, or why it cannot be offered: purposes and places must be named ones. */
export function usagePolicyFrom(odrl: OdrlPolicy, term: PolicyWindow): Result<UsagePolicy, PolicyError> {
  const { purposes, placesOfUse, onwardUse, retentionDays } = summaryOf(odrl, term);
  if (purposes === null || placesOfUse === null) {
    const open = purposes === null ? 'purposes' : 'places of use';
    return refused('/policy/odrl', `it permits ${open} it does not name, and nobody could ask for those`);
  }
  const foreign = placesOfUse.find((place) => !isJurisdiction(place));
  if (foreign !== undefined) return refused('/policy/odrl', `the exchange serves no place ${foreign}`);
  return ok({ purposes, placesOfUse: placesOfUse.filter(isJurisdiction), onwardUse, retentionDays, odrl: { ...odrl } });
}

/**
 * Deny by default: a use is permitted only when the policy permits it at some time, whatever is still open about it.
 *
 * @returns POLICY_PURPOSE_NOT_ALLOWED or POLICY_PLACE_NOT_ALLOWED with what is allowed instead, else POLICY_USE_DENIED
 *   with the clauses that decided.
 */
export function permitUse<U extends IntendedUse>(policy: UsagePolicy, use: U): Result<U, PolicyError> {
  const odrl = odrlFrom(policy);
  const permits = (purpose: string, place?: Jurisdiction) => isGranted(odrl, { ...use, purpose, placeOfUse: place });
  if (permits(use.purpose, use.placeOfUse)) return ok(use);
  if (!permits(use.purpose)) {
    const allowed = policy.purposes.filter((purpose) => permits(purpose));
    if (allowed.length > 0) return err(purposeRefused(use.purpose, allowed));
  }
  const allowed = policy.placesOfUse.filter((place) => permits(use.purpose, place));
  return err(allowed.length > 0 ? placeRefused(use.placeOfUse, allowed) : useRefused(odrl, use));
}

function isGranted(
  odrl: OdrlPolicy,
  use: Pick<IntendedUse, 'purpose' | 'recipient'> & { readonly placeOfUse: Jurisdiction | undefined },
): boolean {
  const { purpose, placeOfUse: place, recipient } = use;
  const given = {
    action: 'use',
    purpose,
    ...(place === undefined ? {} : { place }),
    ...(recipient === undefined ? {} : { recipient }),
  };
  return findGrant(odrl, given) !== null;
}

function checkFull(policy: UsagePolicy, term: PolicyWindow): Result<UsagePolicy, DomainError> {
  const checked = checkUsagePolicy(policy.odrl, { window: term });
  if (!checked.ok) return err(under('/policy/odrl', checked.error));
  const inShort = usagePolicyFrom(checked.value, term);
  if (!inShort.ok) return inShort;
  const differs = differenceOf(policy, inShort.value);
  return differs === undefined
    ? ok({ ...policy, odrl: { ...checked.value } })
    : refused(`/policy/${differs[0]}`, `odrl comes to ${JSON.stringify(differs[1])} there`);
}

/** The first of the four words in which two policies differ, with what the second one says. */
function differenceOf(stated: UsagePolicy, real: UsagePolicy): readonly [string, unknown] | undefined {
  const says = ({ odrl: _odrl, ...words }: ReturnType<typeof publicPolicy>) => Object.entries(words);
  const [was, is] = [says(publicPolicy(stated)), says(publicPolicy(real))];
  return is.find(([, value], index) => JSON.stringify(sorted(value)) !== JSON.stringify(sorted(was[index]?.[1])));
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as string[])].sort() : value;
}

/** The same error, pointing to where the caller put the policy. */
export function under(place: string, error: DomainError): DomainError {
  const { pointer, items } = error;
  return {
    ...error,
    ...(pointer === undefined ? {} : { pointer: `${place}${pointer}` }),
    ...(items === undefined ? {} : { items: items.map((item) => ({ ...item, pointer: `${place}${item.pointer}` })) }),
  };
}

function purposeRefused(purpose: string, allowed: readonly string[]): PolicyError {
  return policyErrors.POLICY_PURPOSE_NOT_ALLOWED(
    `"${purpose}" is not among the allowed purposes: ${allowed.join(', ')}.`,
    { pointer: '/purpose', meta: { allowed } },
  );
}

function placeRefused(place: Jurisdiction, allowed: readonly Jurisdiction[]): PolicyError {
  return policyErrors.POLICY_PLACE_NOT_ALLOWED(`${place} is not among the allowed places: ${allowed.join(', ')}.`, {
    pointer: '/place_of_use',
    meta: { allowed },
  });
}

function useRefused(odrl: OdrlPolicy, { purpose, placeOfUse }: IntendedUse): PolicyError {
  const clauses = describePolicy(odrl).map(({ pointer, text }) => ({ pointer, text: { ...text } }));
  return policyErrors.POLICY_USE_DENIED(`The policy permits no use for "${purpose}" in ${placeOfUse} by this buyer.`, {
    meta: { clauses },
  });
}

function areDistinct(values: readonly string[]): boolean {
  return values.length > 0 && new Set(values).size === values.length;
}

function refused(pointer: string, detail: string): Result<never, PolicyError> {
  return err(policyErrors.POLICY_INVALID(`The usage policy was refused: ${detail}.`, { pointer }));
}
