import { err, ok, type Jurisdiction, type Result } from '@hetao/kernel';
import { policyErrors, type PolicyError } from './policy.errors.js';

/** What a buyer may do with a product. Whatever is not named here is not allowed. */
export interface UsagePolicy {
  readonly purposes: readonly string[];
  readonly placesOfUse: readonly Jurisdiction[];
  /** May the buyer pass it on. */
  readonly onwardUse: boolean;
  /** How long data may be kept, in days; null where the policy sets no term. */
  readonly retentionDays: number | null;
}

/** What a buyer means to do. */
export interface IntendedUse {
  readonly purpose: string;
  readonly placeOfUse: Jurisdiction;
}

/** Checks a policy when it is defined, so that it is never found wanting when it is used. */
export function checkPolicy(policy: UsagePolicy): Result<UsagePolicy, PolicyError> {
  const { purposes, placesOfUse, retentionDays } = policy;
  if (!areDistinct(purposes)) return refused('/policy/purposes', 'purposes must be named, each once');
  if (!areDistinct(placesOfUse)) return refused('/policy/places_of_use', 'places of use must be named, each once');
  if (retentionDays !== null && retentionDays < 1) {
    return refused('/policy/retention_days', `a retention of ${retentionDays} days allows no use`);
  }
  return ok(policy);
}

/** Deny by default: a use is permitted only when its purpose and its place are both named. */
export function permitUse(policy: UsagePolicy, use: IntendedUse): Result<IntendedUse, PolicyError> {
  if (!policy.purposes.includes(use.purpose)) {
    return err(
      policyErrors.POLICY_PURPOSE_NOT_ALLOWED(
        `"${use.purpose}" is not among the allowed purposes: ${policy.purposes.join(', ')}.`,
        { pointer: '/purpose', meta: { allowed: policy.purposes } },
      ),
    );
  }
  if (!policy.placesOfUse.includes(use.placeOfUse)) {
    return err(
      policyErrors.POLICY_PLACE_NOT_ALLOWED(
        `${use.placeOfUse} is not among the allowed places: ${policy.placesOfUse.join(', ')}.`,
        { pointer: '/place_of_use', meta: { allowed: policy.placesOfUse } },
      ),
    );
  }
  return ok(use);
}

function areDistinct(values: readonly string[]): boolean {
  return values.length > 0 && new Set(values).size === values.length;
}

function refused(pointer: string, detail: string): Result<never, PolicyError> {
  return err(policyErrors.POLICY_INVALID(`The usage policy was refused: ${detail}.`, { pointer }));
}
