import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routesOf } from '@hetao/runtime';
import { agreementTransitions } from '../src/agreement/agreement.js';
import { approvalTransitions } from '../src/approval/approval.js';
import { disputeTransitions } from '../src/dispute/dispute.js';
import { entitlementTransitions } from '../src/entitlement/entitlement.js';
import { negotiationTransitions } from '../src/negotiation/negotiation-protocol.js';
import { offerTransitions } from '../src/offer/offer.js';
import { startContracts, type RunningContracts } from './running-contracts.js';
import { signingKeyTransitions } from '../src/signing-key/signing-key.js';

let contracts: RunningContracts;
beforeAll(async () => {
  contracts = await startContracts();
});
afterAll(() => contracts.stop());

describe('the schema', () => {
  it.each([
    ['offers', 'status', offerTransitions.states],
    ['negotiations', 'state', negotiationTransitions.states],
    ['agreement_heads', 'status', agreementTransitions.states],
    ['entitlements', 'status', entitlementTransitions.states],
    ['agreement_disputes', 'status', disputeTransitions.states],
    ['approvals', 'status', approvalTransitions.states],
    ['signing_keys', 'status', signingKeyTransitions.states],
  ])('of %s allows exactly the states of the rules', async (table, column, states) => {
    const { rows } = await contracts.service.database.withClient((client) =>
      client.query<{ definition: string }>(
        `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
         WHERE conrelid = $1::regclass AND conname = $1 || '_' || $2 || '_check'`,
        [table, column],
      ),
    );
    const allowed = [...(rows[0]?.definition ?? '').matchAll(/'([A-Za-z_]+)'::text/g)].map((match) => match[1]);
    expect(allowed.sort()).toEqual([...states].sort());
  });
});

describe('the routes', () => {
  it('open nothing to the public but health, metrics and the description of the API', () => {
    const open = routesOf(contracts.service.app).filter(({ policy }) => policy?.access === 'public');
    expect(open.filter(({ path }) => path.startsWith('/v1'))).toEqual([]);
  });

  it('are described in the OpenAPI document', async () => {
    const text = await (await fetch(`${contracts.service.url}/openapi.json`)).text();
    const document = JSON.parse(text) as { paths: Record<string, object> };
    expect(
      Object.keys(document.paths)
        .filter((path) => path.startsWith('/v1'))
        .sort(),
    ).toEqual([
      '/v1/access-requests',
      '/v1/access-requests/offers',
      '/v1/access-requests/{id}',
      '/v1/access-requests/{id}/accept',
      '/v1/access-requests/{id}/agree',
      '/v1/access-requests/{id}/counter-offer',
      '/v1/access-requests/{id}/decline',
      '/v1/access-requests/{id}/history',
      '/v1/access-requests/{id}/offers',
      '/v1/access-requests/{id}/withdraw',
      '/v1/agreement-disputes',
      '/v1/agreement-disputes/{id}',
      '/v1/agreement-disputes/{id}/accept',
      '/v1/agreement-disputes/{id}/answer',
      '/v1/agreement-disputes/{id}/arbitrate',
      '/v1/agreement-disputes/{id}/decide',
      '/v1/agreement-disputes/{id}/evidence',
      '/v1/agreement-disputes/{id}/mediate',
      '/v1/agreement-disputes/{id}/propose',
      '/v1/agreement-disputes/{id}/withdraw',
      '/v1/agreements',
      '/v1/agreements/{id}',
      '/v1/agreements/{id}/amendments',
      '/v1/agreements/{id}/bundle',
      '/v1/agreements/{id}/disputes',
      '/v1/agreements/{id}/dry-run',
      '/v1/agreements/{id}/end',
      '/v1/agreements/{id}/pdf',
      '/v1/agreements/{id}/resume',
      '/v1/agreements/{id}/sign',
      '/v1/agreements/{id}/signatures',
      '/v1/agreements/{id}/suspend',
      '/v1/agreements/{id}/withdraw-notice',
      '/v1/approval-limits',
      '/v1/approvals',
      '/v1/approvals/{id}',
      '/v1/approvals/{id}/approve',
      '/v1/approvals/{id}/reject',
      '/v1/approvals/{id}/withdraw',
      '/v1/dataspace/peers',
      '/v1/dataspace/peers/{id}/catalog',
      '/v1/dataspace/peers/{id}/suspend',
      '/v1/dataspace/token-checks',
      '/v1/dataspace/transfers',
      '/v1/dataspace/transfers/{id}',
      '/v1/dataspace/transfers/{id}/address',
      '/v1/dataspace/transfers/{id}/complete',
      '/v1/dataspace/transfers/{id}/resume',
      '/v1/dataspace/transfers/{id}/suspend',
      '/v1/dataspace/transfers/{id}/terminate',
      '/v1/entitlements',
      '/v1/negotiation-settings',
      '/v1/offers',
      '/v1/offers/{id}',
      '/v1/offers/{id}/withdraw',
      '/v1/peer-negotiations',
      '/v1/peer-negotiations/{id}',
      '/v1/peer-negotiations/{id}/accept',
      '/v1/peer-negotiations/{id}/counter-offer',
      '/v1/peer-negotiations/{id}/history',
      '/v1/peer-negotiations/{id}/verify',
      '/v1/peer-negotiations/{id}/withdraw',
      '/v1/policies/check',
      '/v1/policies/dry-run',
      '/v1/signing-keys',
      '/v1/signing-keys/{id}',
      '/v1/signing-keys/{id}/confirm',
      '/v1/signing-keys/{id}/prove',
      '/v1/signing-keys/{id}/revoke',
      '/v1/simulations',
    ]);
    // The converter writes zod's insides where a schema was passed the wrong way.
    expect(text).not.toContain('"def":');
  });
});
