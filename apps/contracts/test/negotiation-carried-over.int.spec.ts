import { describe, expect, it } from '@jest/globals';
import { openDatabase } from '@hetao/persistence';
import { emptyDatabase } from '@hetao/testing';
import { contractsService } from '../src/contracts.definition.js';
import { Negotiations1764010000010 } from '../src/database/migrations/1764010000010-negotiations.js';
import { negotiationFrom, NEGOTIATION_COLUMNS, type NegotiationRow } from '../src/negotiation/negotiation.row.js';
import { statusOf } from '../src/negotiation/negotiation.js';

/** Access requests of before, and what became of them. */
const before = [
  ['requested', null, null, 'requested', 'REQUESTED'],
  ['declined', null, null, 'declined', 'TERMINATED'],
  ['withdrawn', null, null, 'withdrawn', 'TERMINATED'],
  ['expired', null, null, 'expired', 'TERMINATED'],
  ['agreed', 'awaiting_signatures', null, 'agreed', 'AGREED'],
  ['agreed', 'awaiting_signatures', 'buyer', 'agreed', 'VERIFIED'],
  ['agreed', 'in_force', null, 'agreed', 'FINALIZED'],
  ['agreed', 'terminated', null, 'agreed', 'FINALIZED'],
  ['agreed', 'lapsed', null, 'agreed', 'TERMINATED'],
] as const;

describe('access requests of before', () => {
  it('are negotiations in the state they had come to, with their first offer and their end', async () => {
    const { url, drop } = await emptyDatabase();
    const all = contractsService.allMigrations;
    const own = all.indexOf(Negotiations1764010000010);
    const open = (migrations: typeof all) =>
      openDatabase({ url, schema: 'contracts', entities: [], migrations, applicationName: 'test', poolSize: 2 });

    const old = await open(all.slice(0, own));
    await old.migrate();
    await old.withClient(async (client) => {
      await client.query(
        `INSERT INTO offers (id, product_id, product_version, merchant_id, plan, policy, valid_until, term_from,
           term_until, status, published_at) VALUES ('off_1', 'prd_1', 1, 'org_m', '{}', '{}', '2026-04-01', '2026-03-01',
           '2027-03-01', 'published', '2026-03-01')`,
      );
      for (const [index, [status, agreement, signed]] of before.entries()) {
        const open = status === 'requested';
        const agr = agreement === null ? null : `agr_${index}`;
        await client.query(
          `INSERT INTO access_requests (id, offer_id, product_id, merchant_id, buyer_id, purpose, place_of_use, status,
             requested_at, requested_by, expires_at, answered_at, answered_by, reason, agreement_id)
           VALUES ($1, 'off_1', 'prd_1', 'org_m', 'org_b', 'research', 'HK', $2, '2026-03-02T01:02:03.004Z', 'usr_b',
             '2026-04-01', $3, $4, $5, $6)`,
          [
            `req_${index}`,
            status,
            open ? null : '2026-03-03T00:00:00Z',
            open ? null : 'usr_m',
            status === 'declined' ? 'x' : null,
            agr,
          ],
        );
        if (agr === null) continue;
        await client.query(
          `INSERT INTO agreements (id, request_id, offer_id, product_id, product_version, merchant_id, buyer_id, plan,
             policy, purpose, place_of_use, effective_from, effective_until, sign_by, document, document_hash, drafted_at)
           VALUES ($1, $2, 'off_1', 'prd_1', 1, 'org_m', 'org_b', '{}', '{}', 'research', 'HK', '2026-03-01', '2027-03-01',
             '2026-04-01', '{}', $3, '2026-03-03')`,
          [agr, `req_${index}`, '0'.repeat(64)],
        );
        await client.query(
          `INSERT INTO agreement_steps (agreement_id, step, command, status_to, at) VALUES ($1, 1, 'draft', $2, now())`,
          [agr, agreement],
        );
        await client.query('INSERT INTO agreement_heads (agreement_id, status, step) VALUES ($1, $2, 1)', [
          agr,
          agreement,
        ]);
        if (signed === null) continue;
        await client.query(
          `INSERT INTO agreement_signatures (agreement_id, party, subject, display_name, organisation_id, document_hash,
             signed_at) VALUES ($1, $2, 'usr_b', 'B', 'org_b', $3, now())`,
          [agr, signed, '0'.repeat(64)],
        );
      }
    });
    await old.close();

    const now = await open(all);
    await now.migrate();
    const { rows } = await now.withClient((client) =>
      client.query<NegotiationRow & { status: string }>(
        `SELECT ${NEGOTIATION_COLUMNS}, status FROM negotiations ORDER BY id`,
      ),
    );
    const carried = rows.map((row) => ({ row, negotiation: negotiationFrom(row) }));
    expect(carried.map(({ row, negotiation }) => [row.status, statusOf(negotiation), negotiation.state])).toEqual(
      before.map(([, , , status, state]) => [status, status, state]),
    );
    for (const { negotiation } of carried) {
      expect(negotiation).toMatchObject({ role: 'both', datasetId: 'prd_1', peer: null, pending: null });
      expect(negotiation.offer).toMatchObject({
        ...{ number: 1, side: 'consumer', change: {}, use: { purpose: 'research', placeOfUse: 'HK' } },
        madeAt: new Date('2026-03-02T01:02:03.004Z'),
      });
    }
    expect(carried[1]?.negotiation.end).toMatchObject({ side: 'provider', code: 'DECLINED', reason: 'x', by: 'usr_m' });
    const { rows: offers } = await now.withClient((client) => client.query('SELECT 1 FROM negotiation_offers'));
    expect(offers).toHaveLength(before.length);
    await now.close();
    await drop();
  });
});
