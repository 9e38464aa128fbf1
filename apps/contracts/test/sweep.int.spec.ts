import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import { SweepDeadlines } from '../src/sweep/sweep.use-cases.js';
import { openMarket, operator } from './market.js';
import { startContracts, type RunningContracts } from './running-contracts.js';

const term = { from: '2026-03-10T00:00:00Z', until: '2026-03-20T00:00:00Z' };

describe('the sweep of deadlines', () => {
  let contracts: RunningContracts;
  let sweep: SweepDeadlines;
  beforeAll(async () => {
    contracts = await startContracts();
    sweep = contracts.service.app.get(SweepDeadlines, { strict: false });
  });
  afterAll(() => contracts.stop());

  const entitlementOf = async (id: string) =>
    (await contracts.send(operator, 'GET', `/v1/entitlements?agreement_id=${id}`)).body.data[0];

  it('does, to the instant, what time alone brings about', async () => {
    const market = await openMarket(contracts);
    const { id } = await market.signed({ term });
    const unsigned = await market.drafted({ term: { from: '2026-03-02T00:00:00Z', until: '2026-03-10T00:00:00Z' } });
    const offer = await market.offer({ valid_until: '2026-03-10T00:00:00Z' });
    const request = await market.request(offer.body.id);
    const status = async () => (await market.agreement(id)).body.status;

    contracts.clock.set('2026-03-09T23:59:59.999Z');
    expect(await sweep.execute()).toEqual({ requestsExpired: 0, agreementsAdvanced: 0, failures: [], finished: true });
    expect(await status()).toBe('concluded');

    contracts.clock.set('2026-03-10T00:00:00Z');
    expect(await sweep.execute()).toEqual({ requestsExpired: 1, agreementsAdvanced: 2, failures: [], finished: true });
    expect(await status()).toBe('in_force');
    expect(await entitlementOf(id)).toMatchObject({ status: 'granted', granted_at: '2026-03-10T00:00:00.000Z' });
    expect((await market.agreement(unsigned.id)).body.status).toBe('lapsed');
    const expired = await contracts.send(market.buyer, 'GET', `/v1/access-requests/${request.body.id}`);
    expect(expired.body).toMatchObject({ status: 'expired', answered_at: '2026-03-10T00:00:00.000Z' });

    contracts.clock.set('2026-03-20T00:00:00Z');
    expect(await sweep.execute()).toMatchObject({ agreementsAdvanced: 1 });
    expect(await status()).toBe('expired');
    expect(await entitlementOf(id)).toMatchObject({ status: 'revoked', revocation_reason: 'agreement expired' });
    expect((await contracts.published(id)).map(({ type, data }) => [type, data['reason']])).toEqual([
      ['hetao.contracts.agreement-concluded.v1', undefined],
      ['hetao.contracts.agreement-ended.v1', 'expired'],
    ]);
    expect(await sweep.execute()).toMatchObject({ requestsExpired: 0, agreementsAdvanced: 0 });
    contracts.clock.set('2026-03-01T00:00:00Z');
  });

  it('run by many at once does each thing once', async () => {
    const market = await openMarket(contracts);
    const made = await Promise.all(
      [1, 2, 3].map((days) => market.offer({ term, quota: { meter: 'calls', limit: String(days) } })),
    );
    const agreements: string[] = [];
    for (const { body } of made) {
      const request = await market.request(body.id);
      const agreed = await market.answer(market.merchant, request.body.id, 'agree');
      const { body: draft } = await market.agreement(agreed.body.agreement_id ?? '');
      await market.sign(market.merchant, draft.id, draft.document_hash);
      await market.sign(market.buyer, draft.id, draft.document_hash);
      agreements.push(draft.id);
    }
    contracts.clock.set('2026-03-10T00:00:00Z');
    const reports = await Promise.all([sweep.execute(), sweep.execute(), sweep.execute()]);
    expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
    expect(reports.reduce((sum, { agreementsAdvanced }) => sum + agreementsAdvanced, 0)).toBe(3);
    for (const id of agreements) expect(await entitlementOf(id)).toMatchObject({ status: 'granted' });
    contracts.clock.set('2026-03-01T00:00:00Z');
  });

  it('lets an agreement that cannot go on hold up no other', async () => {
    const market = await openMarket(contracts);
    const broken = await market.signed({ term });
    const fine = await market.signed({ term: { ...term, from: '2026-03-11T00:00:00Z' } });
    // An entitlement that should not be there yet: granting it again breaks a constraint.
    await contracts.service.database.withClient((client) =>
      client.query(
        `INSERT INTO entitlements (id, agreement_id, product_id, merchant_id, buyer_id, meters, purposes, valid_from,
           valid_until, status, granted_at)
         SELECT 'ent_x', id, product_id, merchant_id, buyer_id, '{}', '{}', now(), now(), 'granted', now()
         FROM agreements WHERE id = $1`,
        [broken.id],
      ),
    );
    contracts.clock.set('2026-03-12T00:00:00Z');
    const report = await sweep.execute();
    expect(report.failures.map(({ id }) => id)).toEqual([broken.id]);
    expect((await market.agreement(fine.id)).body.status).toBe('in_force');
    expect((await market.agreement(broken.id)).body.status).toBe('concluded');
    contracts.clock.set('2026-03-01T00:00:00Z');
  });
});

describe('the timer of the sweep', () => {
  it('brings agreements into force by itself, in one of several processes at a time', async () => {
    const contracts = await startContracts({ SWEEP_INTERVAL_MS: '50' });
    try {
      const market = await openMarket(contracts);
      const { id } = await market.signed({ term });
      const status = async () => (await market.agreement(id)).body.status;
      await contracts.service.database.withClient(async (rival) => {
        await rival.query("SELECT pg_advisory_lock(hashtextextended('hetao job contracts: deadlines', 0))");
        contracts.clock.set('2026-03-10T00:00:00Z');
        // Several turns pass while another process holds the lock.
        const turns = await countedTurns(contracts, 3);
        expect([turns, await status()]).toEqual([true, 'concluded']);
        await rival.query("SELECT pg_advisory_unlock(hashtextextended('hetao job contracts: deadlines', 0))");
      });
      await eventually(async () => expect(await status()).toBe('in_force'));
    } finally {
      await contracts.stop();
    }
  });
});

/** True once the timer has asked for its lock this often, as the server's own statistics of calls tell. */
async function countedTurns(contracts: RunningContracts, turns: number): Promise<boolean> {
  const calls = async () => {
    const { rows } = await contracts.service.database.withClient((client) =>
      client.query<{ last: Date }>(
        `SELECT max(query_start) AS last FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE '%pg_try_advisory_lock%' AND pid <> pg_backend_pid()`,
      ),
    );
    return rows[0]?.last?.getTime() ?? 0;
  };
  const seen = new Set<number>();
  return eventually(async () => {
    seen.add(await calls());
    if (seen.size <= turns) throw new Error(`Only ${seen.size} turns so far.`);
    return true;
  });
}
