import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReleaseResumedV1, ReleaseSuspendedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { openMarket, operator, type Market } from './market.js';
import { release as releaseOf } from './releases.js';
import { startContracts, type RunningContracts } from './running-contracts.js';

let contracts: RunningContracts;
let market: Market;
beforeAll(async () => {
  contracts = await startContracts({ SWEEP_INTERVAL_MS: '50' });
});
afterAll(() => contracts.stop());
beforeEach(async () => {
  market = await openMarket(contracts, 'CN');
});

const status = async (id: string) => (await market.agreement(id)).body.status;
const entitlements = async (agreementId: string) =>
  (await contracts.send(operator, 'GET', `/v1/entitlements?agreement_id=${agreementId}`)).body.data;

const release = (agreementId: string, days = 365) => releaseOf(contracts, market, agreementId, days);

describe('an agreement whose data crosses a border', () => {
  it('is concluded, says what it waits for, and gives no access before the release', async () => {
    const { id, hash } = await market.signed();
    const { body } = await market.agreement(id, market.buyer);
    expect(body).toMatchObject({ status: 'concluded', release: { origin: 'CN', destination: 'HK' } });
    expect(body.document).toMatchObject({ release: { origin: 'CN', destination: 'HK' } });
    expect(await entitlements(id)).toEqual([]);
    expect(await contracts.published(id)).toEqual([
      {
        type: 'hetao.contracts.agreement-awaits-release.v1',
        data: expect.objectContaining({
          ...{ agreementId: id, productId: market.productId, documentHash: hash, purpose: 'research' },
          ...{ origin: 'CN', destination: 'HK', merchantId: market.merchantId, buyerId: market.buyerId },
        }) as unknown,
      },
      expect.objectContaining({ type: 'hetao.contracts.agreement-concluded.v1' }),
    ]);
  });

  it('comes into force and grants when customs releases it', async () => {
    const { id } = await market.signed();
    await release(id);
    expect(await status(id)).toBe('in_force');
    expect(await entitlements(id)).toMatchObject([{ agreement_id: id, status: 'granted' }]);
    const { body } = await market.agreement(id);
    expect(body.history.at(-1)).toMatchObject({ command: 'activate', by: null });
  });

  it('waits on for its date when it is released before', async () => {
    const term = { from: '2026-06-01T00:00:00Z', until: '2027-03-01T00:00:00Z' };
    const { id } = await market.signed({ term });
    await release(id);
    expect(await status(id)).toBe('concluded');
    const [due] = await dueOf(id);
    expect(due).toEqual({ due_at: new Date(term.from) });
  });

  it('does not come into force while its release is suspended, and does when it is resumed', async () => {
    const { id } = await market.signed({ term: { from: '2026-03-02T00:00:00Z', until: '2027-03-01T00:00:00Z' } });
    const releaseId = await release(id);
    const [declarationId, reason] = [newId('dcl'), 'The recipient moved.'];
    const at = contracts.clock.now().toISOString();
    await contracts.publish(ReleaseSuspendedV1, { releaseId, declarationId, reason, suspendedAt: at });
    await contracts.arrived();
    contracts.clock.advance({ days: 2 });
    expect(await status(id)).toBe('concluded');
    await contracts.publish(ReleaseResumedV1, { releaseId, declarationId, reason, resumedAt: at });
    await contracts.arrived();
    expect(await status(id)).toBe('in_force');
  });

  it('is nobody else’s: a release of another agreement changes nothing', async () => {
    const { id } = await market.signed();
    await release(newId('agr'));
    expect(await status(id)).toBe('concluded');
  });
});

async function dueOf(agreementId: string) {
  const { rows } = await contracts.service.database.withClient((client) =>
    client.query<{ due_at: Date }>('SELECT due_at FROM agreement_heads WHERE agreement_id = $1', [agreementId]),
  );
  return rows;
}
