import { z } from 'zod';
import { cursorQuery, idSchema, pageOf } from '@hetao/runtime';
import { jurisdictions } from '@hetao/kernel';
import { quotaDto } from '../offer/offer.dto.js';
import { pricePlanDto } from '../offer/price-plan.dto.js';
import { publicPlan, publicPolicy } from '../offer/public-terms.js';
import { policyDto } from '../policy/policy.dto.js';
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
    supersedes_agreement_id: z.string().nullable().describe('What was used under that one stays there'),
    offer_id: z.string(),
    document_hash: z.string(),
    product_id: z.string(),
    product_version: z.int(),
    merchant_id: z.string(),
    buyer_id: z.string(),
    plan: pricePlanDto,
    meters: z.array(z.string()),
    quota: quotaDto.nullable(),
    purposes: z.array(z.string()),
    places_of_use: z.array(z.enum(jurisdictions)),
    recipients: z.array(z.string()).describe('Organisations that may use it'),
    policy: policyDto,
    release: z
      .object({ origin: z.enum(jurisdictions), destination: z.enum(jurisdictions) })
      .nullable()
      .describe('Delivery over this border needs a release of customs besides'),
    valid_from: z.iso.datetime(),
    valid_until: z.iso.datetime(),
    status: z.enum(entitlementTransitions.states),
    granted_at: z.iso.datetime(),
    suspended_at: z.iso.datetime().nullable(),
    suspension_reason: z.string().nullable(),
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
    supersedes_agreement_id: entitlement.supersedesAgreementId,
    offer_id: entitlement.offerId,
    document_hash: entitlement.documentHash,
    product_id: entitlement.productId,
    product_version: entitlement.productVersion,
    merchant_id: entitlement.merchantId,
    buyer_id: entitlement.buyerId,
    plan: publicPlan(entitlement.plan),
    meters: [...entitlement.meters],
    quota: entitlement.quota,
    purposes: [...entitlement.purposes],
    places_of_use: [...entitlement.placesOfUse],
    recipients: [...entitlement.recipients],
    policy: publicPolicy(entitlement.policy),
    release: entitlement.release,
    valid_from: entitlement.validFrom.toISOString(),
    valid_until: entitlement.validUntil.toISOString(),
    status: entitlement.status,
    granted_at: entitlement.grantedAt.toISOString(),
    suspended_at: entitlement.suspendedAt?.toISOString() ?? null,
    suspension_reason: entitlement.suspensionReason,
    revoked_at: entitlement.revokedAt?.toISOString() ?? null,
    revocation_reason: entitlement.revocationReason,
  };
}
