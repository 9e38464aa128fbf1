import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { odrlPolicy } from '../shared/agreement-terms.js';
import { anyPricePlanSchema } from '../shared/any-price-plan.js';
import { id, instant, jurisdiction, meter, quota, sha256, timeZone } from '../shared/fields.js';
import { purposes, usagePolicySchema } from '../shared/usage-policy.js';
import { entitlementTopic } from './topics.js';

export const EntitlementGrantedV2 = defineEvent({
  type: 'hetao.contracts.entitlement-granted.v2',
  topic: entitlementTopic,
  summary:
    'A buyer may use a product: everything that is checked on each use. Stated in the same transaction as version 1 ' +
    'and before it.',
  key: (data) => data.entitlementId,
  schema: z.object({
    entitlementId: id,
    agreementId: id,
    /** Of the agreement this one took the place of. */
    supersedesAgreementId: id.nullable(),
    offerId: id,
    documentHash: sha256,
    productId: id,
    productVersion: z.int().positive(),
    merchantId: id,
    buyerId: id,
    plan: anyPricePlanSchema,
    timeZone,
    meters: z.array(meter).max(60),
    quota: quota.nullable(),
    purposes,
    placesOfUse: z.array(jurisdiction).min(1).max(50),
    recipients: z.array(id).min(1).max(50),
    policy: usagePolicySchema,
    odrl: odrlPolicy.nullable(),
    release: z.object({ origin: jurisdiction, destination: jurisdiction }).nullable(),
    validFrom: instant,
    validUntil: instant,
    grantedAt: instant,
  }),
});

export type EntitlementGrantedV2 = z.infer<typeof EntitlementGrantedV2.schema>;
