import type { UsagePolicy } from '../policy/policy.js';
import type { Consent, Negotiation } from './negotiation.js';

/** What an organisation lets the exchange do in its name. */
export interface NegotiationSettings {
  /** As a merchant: agree at once to a request for exactly what it published, or for less, and to its offers accepted. */
  readonly agreeAutomatically: boolean;
  /** As a buyer: verify at once an agreement that says what was offered. */
  readonly verifyAutomatically: boolean;
  /** Who said so, and in whose name it is done; null where nobody has: then the careful defaults hold. */
  readonly setBy: Consent | null;
}

export const DEFAULT_SETTINGS: NegotiationSettings = {
  agreeAutomatically: false,
  verifyAutomatically: true,
  setBy: null,
};

/**
 * Whether what lies on the table asks for no more than what was published: the same, or terms that are stricter for the
 * consumer in every point. Anything else is for the merchant to look at.
 */
export function asksNoMore(
  { offer }: Pick<Negotiation, 'offer'>,
  published: { readonly policy: UsagePolicy },
): boolean {
  const { policy, ...others } = offer.change;
  if (Object.keys(others).length > 0) return false;
  return policy === undefined || isWithin(policy, published.policy);
}

/** Whether whoever keeps to the one policy keeps to the other. Of policies that need more than four words nobody can tell. */
export function isWithin(narrow: UsagePolicy, wide: UsagePolicy): boolean {
  if (narrow.odrl !== undefined || wide.odrl !== undefined) return false;
  const days = (policy: UsagePolicy) => policy.retentionDays ?? Infinity;
  return (
    narrow.purposes.every((purpose) => wide.purposes.includes(purpose)) &&
    narrow.placesOfUse.every((place) => wide.placesOfUse.includes(place)) &&
    (wide.onwardUse || !narrow.onwardUse) &&
    days(narrow) <= days(wide)
  );
}
