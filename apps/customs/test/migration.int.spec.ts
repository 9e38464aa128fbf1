import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEmbeddedTransport } from '@hetao/messaging';
import { openDatabase } from '@hetao/persistence';
import { RuleEngine, szdexCrossBorder202611 } from '@hetao/rules';
import { CALLER_HEADER, startService } from '@hetao/runtime';
import { callerToken, emptyDatabase, testCallerKeys } from '@hetao/testing';
import { customsService } from '../src/customs.definition.js';
import { DeclarationContents1764600000011 } from '../src/database/migrations/1764600000011-declaration-contents.js';
import { officer, tcmFacts } from './sample-declaration.js';

/** A declaration as it was kept before the form asked the whole minimum. */
const oldForm = {
  ...{
    title: 'Old',
    productId: null,
    agreementId: null,
    recipientId: 'org_r',
    recipientName: 'R',
    recipientControl: 'c',
  },
  ...{ scenario: 's', necessity: 'n', deidentification: null, storagePlace: 'Hong Kong', retentionDays: 1 },
  ...{ onwardTransfers: null, persons: { general: 0, sensitive: 1 }, existingNumbers: [], documents: [] },
  fields: [
    {
      name: 'a',
      personal: true,
      sensitive: true,
      health: false,
      gene: false,
      minor: false,
      reason: 'r',
      source: 's',
      legalBasis: 'l',
    },
  ],
};
const oldFinding = Object.fromEntries(
  Object.entries(new RuleEngine(szdexCrossBorder202611).evaluate(tcmFacts)).filter(([key]) => key !== 'alternatives'),
);

describe('a declaration of before', () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  beforeAll(async () => {
    database = await emptyDatabase();
    const known = customsService.allMigrations;
    const earlier = await openDatabase({
      ...{ url: database.url, schema: customsService.schema, entities: [], applicationName: 'test', poolSize: 2 },
      migrations: known.slice(0, known.indexOf(DeclarationContents1764600000011)),
    });
    await earlier.migrate();
    await earlier.withClient((client) =>
      client.query(
        `INSERT INTO declarations (id, exporter_id, status, year, form, facts, facts_sha256, finding, tracks, clocks, revision,
           created_by, created_at) VALUES ($1, 'org_e', 'draft', 2026, $2, $3, 'x', $4, '[]', '[]', 1, 'usr_1', now())`,
        [
          'dcl_00000000000000000000000001',
          JSON.stringify(oldForm),
          JSON.stringify(tcmFacts),
          JSON.stringify(oldFinding),
        ],
      ),
    );
    await earlier.close();
  });
  afterAll(() => database.drop());

  it('is read, explained by the version that made it, and printed; what was never asked is not answered', async () => {
    const transport = createEmbeddedTransport();
    const { publicKeys } = await testCallerKeys();
    const service = await startService(customsService, {
      databaseUrl: database.url,
      transport,
      callerKeys: publicKeys,
    });
    const headers = { [CALLER_HEADER]: await callerToken(officer) };
    const get = async (path: string): Promise<string> => {
      const response = await fetch(`${service.url}/v1/customs/declarations/dcl_00000000000000000000000001${path}`, {
        headers,
      });
      expect([path, response.status]).toEqual([path, 200]);
      return response.text();
    };
    expect(JSON.parse(await get('/content'))).toMatchObject({
      form: { title: 'Old', exporter: null, other_channels: null },
    });
    expect(JSON.parse(await get(''))).toMatchObject({ kind: 'first', supplements: [], rule_set_version: '2026.11.0' });
    expect(JSON.parse(await get('/finding'))).toMatchObject({
      rule_set: { version: '2026.11.0' },
      rule: { id: 'M-8-2' },
    });
    expect(await get('/completeness')).toContain('/form/exporter');
    expect(await get('/papers/impact-assessment.html')).toContain('Not stated');
    await service.stop();
    await transport.close();
  });
});
