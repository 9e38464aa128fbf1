import { ReleaseIssuedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import type { Market } from './market.js';
import type { RunningContracts } from './running-contracts.js';

/** What customs says when it releases a transfer under an agreement. @returns the release's id. */
export async function release(
  contracts: RunningContracts,
  market: Market,
  agreementId: string,
  days = 365,
): Promise<string> {
  const releaseId = newId('rel');
  const from = contracts.clock.now();
  await contracts.publish(ReleaseIssuedV1, {
    ...{ releaseId, declarationId: newId('dcl'), agreementId, productId: market.productId },
    ...{ exporterId: market.merchantId, recipientId: market.buyerId, pathway: 'SC_OR_CERT', ruleId: 'M-8-2' },
    ...{ ruleSetId: 'szdex-cross-border', ruleSetVersion: '2026.11.0', factsSha256: 'a'.repeat(64) },
    ...{ officialReference: '粤网信备 2026-0001', quota: { general: null, sensitive: 8000 }, token: 'e30.e30.c2ln' },
    scope: { purpose: 'research', fields: ['pattern'], destination: 'HK', onward: false },
    validFrom: from.toISOString(),
    validUntil: new Date(from.getTime() + days * 86_400_000).toISOString(),
    issuedAt: from.toISOString(),
  });
  await contracts.arrived();
  return releaseId;
}
