import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEmbeddedTransport, type Transport } from '@hetao/messaging';
import { openDatabase } from '@hetao/persistence';
import { CALLER_HEADER, startService, type Page, type RunningService } from '@hetao/runtime';
import { callerToken, emptyDatabase, testCallerKeys, type EmptyDatabase } from '@hetao/testing';
import type { AgreementDetailDto } from '../src/agreement/agreement.dto.js';
import { contractsService } from '../src/contracts.definition.js';
import { Lifecycle1764010000030 } from '../src/database/migrations/1764010000030-lifecycle.js';
import type { EntitlementDto } from '../src/entitlement/entitlement.dto.js';
import { offerBody, operator } from './market.js';
import { plan } from './sample-terms.js';

const ids = { agreement: 'agr_00000000000000000000000001', request: 'req_00000000000000000000000001' };
const policy = { purposes: ['research'], placesOfUse: ['HK'], onwardUse: false, retentionDays: 30 };

/** An agreement in force as the version before wrote it. */
async function writeOld(url: string): Promise<void> {
  const all = contractsService.allMigrations;
  const migrations = all.slice(0, all.indexOf(Lifecycle1764010000030));
  const old = await openDatabase({
    url,
    schema: contractsService.schema,
    entities: [],
    migrations,
    applicationName: 'test',
    poolSize: 2,
  });
  await old.migrate();
  await old.withClient(async (client) => {
    await client.query(
      `INSERT INTO offers (id, product_id, product_version, merchant_id, plan, policy, valid_until, term_from,
         term_until, status, published_at) VALUES ('off_1', 'prd_1', 1, 'org_m', $1, $2, '2026-04-01', '2026-03-01',
         '2027-03-01', 'published', '2026-03-01')`,
      [plan, policy],
    );
    await client.query(
      `INSERT INTO negotiations (id, offer_id, dataset_id, merchant_id, buyer_id, requested_at, requested_by,
         agreement_id, role, state, offer, provider_pid, consumer_pid)
       VALUES ($1, 'off_1', 'prd_1', 'org_m', 'org_b', '2026-03-01', 'usr_b', $2, 'both', 'FINALIZED', '{}', 'p', 'c')`,
      [ids.request, ids.agreement],
    );
    await client.query(
      `INSERT INTO agreements (id, request_id, offer_id, product_id, product_version, merchant_id, buyer_id, plan,
         policy, purpose, place_of_use, effective_from, effective_until, sign_by, document, document_hash, drafted_at,
         release)
       VALUES ($1, $2, 'off_1', 'prd_1', 1, 'org_m', 'org_b', $3, $4, 'research', 'HK', '2026-03-01', '2027-03-01',
         '2026-04-01', '{}', $5, '2026-03-03', '{"origin":"CN","destination":"HK"}')`,
      [ids.agreement, ids.request, plan, policy, '0'.repeat(64)],
    );
    const steps = [
      [1, 'draft', 'awaiting_signatures', '2026-03-03'],
      [2, 'activate', 'in_force', '2026-03-05T06:07:08.009Z'],
    ];
    for (const [step, command, to, at] of steps) {
      await client.query(
        'INSERT INTO agreement_steps (agreement_id, step, command, status_to, at) VALUES ($1, $2, $3, $4, $5)',
        [ids.agreement, step, command, to, at],
      );
    }
    await client.query("INSERT INTO agreement_heads (agreement_id, status, step) VALUES ($1, 'in_force', 2)", [
      ids.agreement,
    ]);
    await client.query(
      `INSERT INTO entitlements (id, agreement_id, product_id, merchant_id, buyer_id, meters, purposes, valid_from,
         valid_until, status, granted_at) VALUES ('ent_1', $1, 'prd_1', 'org_m', 'org_b', '{calls}', '{research}',
         '2026-03-01', '2027-03-01', 'granted', '2026-03-05')`,
      [ids.agreement],
    );
  });
  await old.close();
}

describe('agreements of before', () => {
  let database: EmptyDatabase;
  let transport: Transport;
  let service: RunningService;
  beforeAll(async () => {
    database = await emptyDatabase();
    await writeOld(database.url);
    transport = createEmbeddedTransport();
    const { publicKeys } = await testCallerKeys();
    service = await startService(contractsService, {
      databaseUrl: database.url,
      transport,
      callerKeys: publicKeys,
      env: { SWEEP_INTERVAL_MS: '3600000' },
    });
  });
  afterAll(async () => {
    await service.stop();
    await transport.close();
    await database.drop();
  });

  const send = async <T>(method: string, path: string, json?: object): Promise<T> => {
    const headers = { [CALLER_HEADER]: await callerToken(operator), 'idempotency-key': path };
    const body =
      json === undefined
        ? { headers }
        : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(json) };
    const response = await fetch(`${service.url}${path}`, { method, ...body });
    return (await response.json()) as T;
  };

  it('read as agreements without notice and renewal, by the zone the exchange counts in', async () => {
    const agreement = await send<AgreementDetailDto>('GET', `/v1/agreements/${ids.agreement}`);
    expect(agreement).toMatchObject({
      status: 'in_force',
      time_zone: 'Asia/Shanghai',
      notice_days: 0,
      renewal: null,
      supersedes: null,
      successor_id: null,
      holds: [],
      notices: [],
      in_force_since: '2026-03-05T06:07:08.009Z',
    });
    expect(agreement.plan.currency).toBe(offerBody('').plan.currency);
  });

  it('granted what a checker asks today', async () => {
    const page = await send<Page<EntitlementDto>>('GET', `/v1/entitlements?agreement_id=${ids.agreement}`);
    expect(page.data[0]).toMatchObject({
      offer_id: 'off_1',
      document_hash: '0'.repeat(64),
      product_version: 1,
      places_of_use: ['HK'],
      recipients: ['org_b'],
      policy: { purposes: ['research'], retention_days: 30 },
      release: { origin: 'CN', destination: 'HK' },
      status: 'granted',
    });
  });

  it('rest and go on like those of today', async () => {
    const path = `/v1/agreements/${ids.agreement}`;
    const order = (command: string) => send<AgreementDetailDto>('POST', `${path}/${command}`, { reason: 'r' });
    expect((await order('suspend')).status).toBe('suspended');
    expect((await order('resume')).status).toBe('in_force');
  });
});
