import { defineTransitions, type Jurisdiction } from '@hetao/kernel';
import type { AnyPricePlan } from '@hetao/rating';
import type { Quota } from '../offer/terms.js';
import type { UsagePolicy } from '../policy/policy.js';

export type EntitlementStatus = 'granted' | 'suspended' | 'revoked';
export type EntitlementCommand = 'suspend' | 'resume' | 'revoke';

/** The life of an entitlement: it is there while its agreement is in force, and rests while that rests. */
export const entitlementTransitions = defineTransitions<EntitlementStatus, EntitlementCommand>({
  granted: { suspend: 'suspended', revoke: 'revoked' },
  suspended: { resume: 'granted', revoke: 'revoked' },
  revoked: {},
}).assertReachable('granted');

/** What is always counted, whether or not the price depends on it. */
export const tradeMeters = ['calls', 'bytes'] as const;

/** The border a use crosses. */
export interface Border {
  readonly origin: Jurisdiction;
  readonly destination: Jurisdiction;
}

/** What was granted, in every respect a use can be checked in. Times are instants (UTC). */
interface Granted {
  readonly agreementId: string;
  /** The agreement whose place this one took; what was used under that one stays there. */
  readonly supersedesAgreementId: string | null;
  readonly offerId: string;
  /** Of the document both sides signed. */
  readonly documentHash: string;
  readonly productId: string;
  readonly productVersion: number;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly plan: AnyPricePlan;
  readonly timeZone: string;
  readonly quota: Quota | null;
  readonly placesOfUse: readonly Jurisdiction[];
  /** Organisations that may use it. */
  readonly recipients: readonly string[];
  readonly policy: UsagePolicy;
  /** Delivery over this border needs a release of customs besides; null where none is crossed. */
  readonly release: Border | null;
  readonly validFrom: Date;
  readonly validUntil: Date;
}

/** What metering, sandbox and gateway check on each use. */
export interface Entitlement extends Granted {
  readonly id: string;
  readonly meters: readonly string[];
  readonly purposes: readonly string[];
  readonly status: EntitlementStatus;
  readonly grantedAt: Date;
  /** Since when it rests, and why; null while it does not. */
  readonly suspendedAt: Date | null;
  readonly suspensionReason: string | null;
  readonly revokedAt: Date | null;
  readonly revocationReason: string | null;
}

/** The part of an agreement in force that says what its buyer may use. */
export interface Grant extends Granted {
  readonly planMeters: readonly string[];
  readonly purpose: string;
}

/** Grants what an agreement that came into force promises. */
export function grantEntitlement(grant: Grant, id: string, at: Date): Entitlement {
  const { planMeters, purpose, ...rest } = grant;
  const quotaMeters = grant.quota === null ? [] : [grant.quota.meter];
  return {
    ...rest,
    id,
    meters: [...new Set([...tradeMeters, ...planMeters, ...quotaMeters])],
    purposes: [purpose],
    status: 'granted',
    grantedAt: at,
    suspendedAt: null,
    suspensionReason: null,
    revokedAt: null,
    revocationReason: null,
  };
}

/** What a command did; `changed` is false when there was nothing to do. */
export interface EntitlementOutcome {
  readonly entitlement: Entitlement;
  readonly changed: boolean;
}

/** Lets it rest: nothing may be used, and nothing is taken back. */
export function suspendEntitlement(entitlement: Entitlement, reason: string, at: Date): EntitlementOutcome {
  if (!entitlementTransitions.canTransition(entitlement.status, 'suspend')) return { entitlement, changed: false };
  const suspended: Entitlement = { ...entitlement, status: 'suspended', suspendedAt: at, suspensionReason: reason };
  return { entitlement: suspended, changed: true };
}

/** Lets it be used again as it was granted. */
export function resumeEntitlement(entitlement: Entitlement): EntitlementOutcome {
  if (!entitlementTransitions.canTransition(entitlement.status, 'resume')) return { entitlement, changed: false };
  const resumed: Entitlement = { ...entitlement, status: 'granted', suspendedAt: null, suspensionReason: null };
  return { entitlement: resumed, changed: true };
}

/** Takes the entitlement back; one that was taken back stays as it is. */
export function revokeEntitlement(entitlement: Entitlement, reason: string, at: Date): EntitlementOutcome {
  if (!entitlementTransitions.canTransition(entitlement.status, 'revoke')) return { entitlement, changed: false };
  const revoked: Entitlement = { ...entitlement, status: 'revoked', revokedAt: at, revocationReason: reason };
  return { entitlement: revoked, changed: true };
}
