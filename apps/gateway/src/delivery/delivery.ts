import { err, ok, type Result } from '@hetao/kernel';
import { deliveryErrors, type DeliveryError } from './delivery.errors.js';

/** What contracts granted, as the door remembers it. Times are instants (UTC). */
export interface Grant {
  readonly agreementId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly meters: readonly string[];
  readonly purposes: readonly string[];
  readonly validFrom: Date;
  /** Exclusive. */
  readonly validUntil: Date;
  readonly revokedAt: Date | null;
  /** It rests since then, until it is resumed. */
  readonly suspendedAt: Date | null;
  /** The meter whose quota is used up; null while none is. */
  readonly exhaustedMeter: string | null;
}

/** Who calls, and what for. */
export interface DeliveryRequest {
  readonly agreementId: string;
  readonly organisationId: string;
  /** Null where the caller left it to the licence. */
  readonly purpose: string | null;
  readonly at: Date;
}

/** A call that may be passed on, and the purpose it is made for. */
export interface Permit {
  readonly grant: Grant;
  readonly purpose: string;
}

/**
 * Whether a call may be passed on, by the licence alone. Deny first: what is not granted, in time, to this buyer, for a
 * purpose of the licence, within its quota, is refused with the first reason that applies. Releases of customs are
 * checked beside it.
 */
export function permitDelivery(grant: Grant | undefined, request: DeliveryRequest): Result<Permit, DeliveryError> {
  if (grant?.buyerId !== request.organisationId) {
    return err(deliveryErrors.DELIVERY_AGREEMENT_UNKNOWN(`${request.agreementId} gives your organisation no access.`));
  }
  const over = whyOver(grant, request.at);
  if (over !== null) return err(deliveryErrors.DELIVERY_ENTITLEMENT_OVER(over));
  const [only, ...more] = grant.purposes;
  const purpose = request.purpose ?? (more.length === 0 ? only : undefined);
  if (purpose === undefined || !grant.purposes.includes(purpose)) {
    const said = purpose === undefined ? 'No purpose is named' : `"${purpose}" is not licensed`;
    return err(
      deliveryErrors.DELIVERY_PURPOSE_NOT_ALLOWED(`${said}; licensed are ${grant.purposes.join(', ')}.`, {
        meta: { allowed: grant.purposes },
      }),
    );
  }
  if (grant.exhaustedMeter !== null) {
    return err(
      deliveryErrors.DELIVERY_QUOTA_EXHAUSTED(`The quota of ${grant.exhaustedMeter} is used up.`, {
        meta: { meter: grant.exhaustedMeter },
      }),
    );
  }
  return ok({ grant, purpose });
}

function whyOver({ agreementId, validFrom, validUntil, revokedAt, suspendedAt }: Grant, at: Date): string | null {
  if (revokedAt !== null) return `Agreement ${agreementId} gives no access since ${revokedAt.toISOString()}.`;
  if (suspendedAt !== null) return `Agreement ${agreementId} rests since ${suspendedAt.toISOString()}.`;
  if (at < validFrom) return `Agreement ${agreementId} begins at ${validFrom.toISOString()}.`;
  return at >= validUntil ? `Agreement ${agreementId} ended at ${validUntil.toISOString()}.` : null;
}
