import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SweepDeadlines } from '../src/sweep/sweep.use-cases.js';
import { openMarket, operator, type Market } from './market.js';
import { release } from './releases.js';
import { startContracts, type RunningContracts } from './running-contracts.js';

const term = { from: '2026-03-01T00:00:00+08:00', until: '2026-04-01T00:00:00+08:00' };
const renewing = { term, notice_days: 7, renewal: { months: 1, times: 2 } };

describe('an agreement that renews itself', () => {
  let contracts: RunningContracts;
  let sweep: SweepDeadlines;
  beforeAll(async () => {
    contracts = await startContracts();
    sweep = contracts.service.app.get(SweepDeadlines, { strict: false });
  });
  afterAll(() => contracts.stop());

  const at = async (time: string) => {
    contracts.clock.set(time);
    expect((await sweep.execute()).failures).toEqual([]);
  };
  const entitlementOf = async (id: string) =>
    (await contracts.send(operator, 'GET', `/v1/entitlements?agreement_id=${id}`)).body.data[0];
  const end = (market: Market, id: string) =>
    contracts.send(market.buyer, 'POST', `/v1/agreements/${id}/end`, { json: { reason: 'enough' } });
  const types = async (key: string) =>
    (await contracts.published(key)).map(({ type }) => type.replace('hetao.contracts.', ''));

  it('is followed by its next term when no notice can prevent that any more, to the instant, and no oftener', async () => {
    contracts.clock.set('2026-03-01T00:00:00Z');
    const market = await openMarket(contracts);
    const { id } = await market.signed(renewing);
    await at('2026-03-24T15:59:59.999Z');
    expect((await market.agreement(id)).body.successor_id).toBeNull();

    await at('2026-03-24T16:00:00Z');
    const next = String((await market.agreement(id)).body.successor_id);
    expect((await market.agreement(next)).body).toMatchObject({
      status: 'concluded',
      effective_from: '2026-03-31T16:00:00.000Z',
      effective_until: '2026-04-30T16:00:00.000Z',
      renewal: { months: 1, times: 1 },
      supersedes: { agreement_id: id, kind: 'renewal' },
      signatures: [],
    });
    await at('2026-03-25T00:00:00Z');
    expect((await market.agreement(id)).body.successor_id).toBe(next);

    await at('2026-03-31T16:00:00Z');
    expect((await market.agreement(id)).body.status).toBe('expired');
    expect((await market.agreement(next)).body.status).toBe('in_force');
    expect((await entitlementOf(id))?.status).toBe('revoked');
    expect(await entitlementOf(next)).toMatchObject({ status: 'granted', supersedes_agreement_id: id });
    expect(await types(id)).toEqual(['agreement-concluded.v1', 'agreement-ended.v1', 'agreement-superseded.v1']);

    // A second further term, and no third.
    await at('2026-04-23T16:00:00Z');
    const last = String((await market.agreement(next)).body.successor_id);
    expect((await market.agreement(last)).body.renewal).toBeNull();
    await at('2026-04-30T16:00:00Z');
    await at('2026-05-31T16:00:00Z');
    expect((await market.agreement(last)).body).toMatchObject({ status: 'expired', successor_id: null });
  });

  it('is not, after a notice, and while a side may not or does not want to go on', async () => {
    contracts.clock.set('2026-03-01T00:00:00Z');
    const market = await openMarket(contracts);
    const left = await market.signed(renewing);
    const resting = await market.signed({ ...renewing, quota: null });
    await end(market, left.id);
    await contracts.send(market.merchant, 'POST', `/v1/agreements/${resting.id}/suspend`, { json: { reason: 'x' } });
    await at('2026-03-31T16:00:00Z');
    for (const { id } of [left, resting]) {
      expect((await market.agreement(id)).body.successor_id).toBeNull();
    }
    expect((await market.agreement(resting.id)).body.status).toBe('expired');
  });

  it('whose data crosses a border asks for the next release in time, and has no access before it', async () => {
    contracts.clock.set('2026-03-01T00:00:00Z');
    const market = await openMarket(contracts, 'CN');
    const { id } = await market.signed(renewing);
    await release(contracts, market, id);
    await at('2026-03-24T16:00:00Z');
    const next = String((await market.agreement(id)).body.successor_id);
    expect(await types(next)).toEqual(['agreement-awaits-release.v1', 'agreement-concluded.v1']);
    await at('2026-03-31T16:00:00Z');
    expect((await market.agreement(next)).body.status).toBe('concluded');
    await release(contracts, market, next);
    expect((await market.agreement(next)).body.status).toBe('in_force');
  });

  it('is drawn up once, also where the exchange terminated it, and not put off by a proposal nobody signs', async () => {
    contracts.clock.set('2026-03-01T00:00:00Z');
    const market = await openMarket(contracts);
    const [ended, proposed] = [await market.signed(renewing), await market.signed({ ...renewing, quota: null })];
    contracts.clock.set('2026-03-20T00:00:00Z');
    const amendment = await contracts.send(market.buyer, 'POST', `/v1/agreements/${proposed.id}/amendments`, {
      json: { notice_days: 0 },
    });
    await at('2026-03-24T16:00:00Z');
    const next = String((await market.agreement(ended.id)).body.successor_id);
    await contracts.send(operator, 'POST', `/v1/agreements/${next}/end`, { json: { reason: 'breach' } });
    await at('2026-03-25T00:00:00Z');
    expect((await market.agreement(ended.id)).body.successor_id).toBe(next);

    await at('2026-03-31T16:00:00Z');
    await at('2026-03-31T16:00:00.001Z');
    expect((await market.agreement(amendment.body.id)).body.status).toBe('lapsed');
    const further = String((await market.agreement(proposed.id)).body.successor_id);
    expect((await market.agreement(further)).body).toMatchObject({
      status: 'in_force',
      supersedes: { agreement_id: proposed.id, kind: 'renewal' },
    });
  });

  it('run by many sweeps at once is renewed once', async () => {
    contracts.clock.set('2026-03-01T00:00:00Z');
    const market = await openMarket(contracts);
    const { id } = await market.signed(renewing);
    contracts.clock.set('2026-03-24T16:00:00Z');
    const reports = await Promise.all([sweep.execute(), sweep.execute(), sweep.execute()]);
    expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
    const texts = await contracts.send(market.buyer, 'GET', '/v1/agreements?limit=100');
    expect(texts.body.data.map((agreement) => agreement.id)).toHaveLength(2);
    expect((await market.agreement(id)).body.successor_id).not.toBeNull();
  });
});
