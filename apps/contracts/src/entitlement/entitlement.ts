import { defineTransitions } from '@hetao/kernel';
import type { Quota } from '../offer/offer.js';

export type EntitlementStatus = 'granted' | 'revoked';
export type EntitlementCommand = 'revoke';

/** The life of an entitlement: it is there while its agreement is in force. */
export const entitlementTransitions = defineTransitions<EntitlementStatus, EntitlementCommand>({
  granted: { revoke: 'revoked' },
  revoked: {},
}).assertReachable('granted');

/** What is always counted, whether or not the price depends on it. */
export const tradeMeters = ['calls', 'bytes'] as const;

/** What metering, sandbox and gateway check on each use. Times are instants (UTC). */
export interface Entitlement {
  readonly id: string;
  readonly agreementId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly meters: readonly string[];
  readonly quota: Quota | null;
  readonly purposes: readonly string[];
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly status: EntitlementStatus;
  readonly grantedAt: Date;
  readonly revokedAt: Date | null;
  readonly revocationReason: string | null;
}

/** The part of an agreement in force that says what its buyer may use. */
export interface Grant {
  readonly agreementId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly planMeters: readonly string[];
  readonly quota: Quota | null;
  readonly purpose: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
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
    revokedAt: null,
    revocationReason: null,
  };
}

/** Takes the entitlement back; one that was taken back stays as it is. */
export function revokeEntitlement(
  entitlement: Entitlement,
  reason: string,
  at: Date,
): { readonly entitlement: Entitlement; readonly changed: boolean } {
  if (!entitlementTransitions.canTransition(entitlement.status, 'revoke')) return { entitlement, changed: false };
  return {
    entitlement: { ...entitlement, status: 'revoked', revokedAt: at, revocationReason: reason },
    changed: true,
  };
}
