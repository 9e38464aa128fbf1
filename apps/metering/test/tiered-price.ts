import { expect } from '@jest/globals';
import { AgreementConcludedV1, type EntitlementGrantedV1 } from '@hetao/events';
import { deterministicId } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import type { World } from './metering-world.js';

/** Concludes the agreement of an entitlement; returns when metering knows its price. Ten fen a call up to a hundred of them, five beyond; twenty yuan a month whatever is used. */
export async function stateTieredPrice(world: World, granted: EntitlementGrantedV1): Promise<void> {
  await world.state(AgreementConcludedV1, {
    agreementId: granted.agreementId,
    offerId: deterministicId('off', granted.agreementId),
    productId: granted.productId,
    merchantId: granted.merchantId,
    buyerId: granted.buyerId,
    channelPartnerId: null,
    plan: {
      currency: 'CNY',
      components: [
        { kind: 'flat', id: 'base', amount: '20' },
        {
          kind: 'tiered',
          id: 'calls',
          meter: 'calls',
          mode: 'graduated',
          per: '1',
          tiers: [
            { upTo: '100', unitPrice: '0.10' },
            { upTo: null, unitPrice: '0.05' },
          ],
        },
      ],
      fee: { exchangeBps: 250, channelBps: 0 },
      tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
    },
    policy: { purposes: ['research'], placesOfUse: ['CN'], onwardUse: false, retentionDays: null },
    quota: null,
    documentHash: 'a'.repeat(64),
    effectiveFrom: granted.validFrom,
    effectiveUntil: granted.validUntil,
    concludedAt: granted.grantedAt,
  });
  await eventually(async () => {
    const known = await world.rows('SELECT 1 FROM agreement_terms WHERE agreement_id = $1', [granted.agreementId]);
    expect(known).toHaveLength(1);
  });
}
