import { z } from 'zod';
import { cursorQuery, idSchema, pageOf } from '@hetao/runtime';
import { quotaDto } from '../offer/offer.dto.js';
import { entitlementTransitions, type Entitlement } from './entitlement.js';

export const entitlementQueryDto = cursorQuery.extend({
  agreement_id: idSchema('agr').optional(),
  product_id: idSchema('prd').optional(),
  status: z.enum(entitlementTransitions.states).optional(),
});
export type EntitlementQueryDto = z.output<typeof entitlementQueryDto>;

export const entitlementDto = z
  .object({
    id: z.string(),
    agreement_id: z.string(),
    product_id: z.string(),
    merchant_id: z.string(),
    buyer_id: z.string(),
    meters: z.array(z.string()),
    quota: quotaDto.nullable(),
    purposes: z.array(z.string()),
    valid_from: z.iso.datetime(),
    valid_until: z.iso.datetime(),
    status: z.enum(entitlementTransitions.states),
    granted_at: z.iso.datetime(),
    revoked_at: z.iso.datetime().nullable(),
    revocation_reason: z.string().nullable(),
  })
  .meta({ id: 'Entitlement' });
export type EntitlementDto = z.output<typeof entitlementDto>;

export const entitlementPageDto = pageOf(entitlementDto).meta({ id: 'EntitlementPage' });

/** Renders an entitlement. */
export function toEntitlementDto(entitlement: Entitlement): EntitlementDto {
  return {
    id: entitlement.id,
    agreement_id: entitlement.agreementId,
    product_id: entitlement.productId,
    merchant_id: entitlement.merchantId,
    buyer_id: entitlement.buyerId,
    meters: [...entitlement.meters],
    quota: entitlement.quota,
    purposes: [...entitlement.purposes],
    valid_from: entitlement.validFrom.toISOString(),
    valid_until: entitlement.validUntil.toISOString(),
    status: entitlement.status,
    granted_at: entitlement.grantedAt.toISOString(),
    revoked_at: entitlement.revokedAt?.toISOString() ?? null,
    revocation_reason: entitlement.revocationReason,
  };
}
