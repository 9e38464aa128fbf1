import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEmbeddedTransport } from '@hetao/messaging';
import { ConfigError, loadConfig, startService, type RunningService } from '@hetao/runtime';
import { emptyDatabase, freePort, testCallerKeys, type EmptyDatabase } from '@hetao/testing';
import { contractsConfig } from '../src/contracts.config.js';
import { contractsService } from '../src/contracts.definition.js';
import { conformanceKit, type Kit } from './conformance-kit.js';
import { conformanceFile, negotiations, transfers } from './conformance-scenes.js';

let folder: string;
let database: EmptyDatabase;
let service: RunningService;
let kit: Kit;
const transport = createEmbeddedTransport();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-conformance-'));
  const port = await freePort();
  const root = `http://127.0.0.1:${port}/dsp`;
  kit = await conformanceKit(root);
  const file = join(folder, 'run.json');
  await writeFile(file, JSON.stringify(conformanceFile(kit.url)));
  database = await emptyDatabase();
  service = await startService(contractsService, {
    databaseUrl: database.url,
    transport,
    callerKeys: (await testCallerKeys()).publicKeys,
    port,
    env: {
      DATASPACE_ROOT_URL: root,
      DATASPACE_PARTICIPANT_ID: 'CONNECTOR_UNDER_TEST',
      DATASPACE_PRIVATE_PEERS: '1',
      DATASPACE_RETRY_MS: '30,60,120,240',
      DATASPACE_CONFORMANCE_FILE: file,
      SWEEP_INTERVAL_MS: '3600000',
    },
  });
});
afterAll(async () => {
  await service.stop();
  await transport.close();
  await kit.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('the catalog under test', () => {
  it('shows the seeded datasets with their offers, ids verbatim, and 404 for any other', async () => {
    const { dataset } = await kit.catalog();
    expect(dataset.map((each) => [each['@id'], each.hasPolicy[0]?.['@id']])).toContainEqual([
      'ACN0001',
      'CD123:ACN0001:456',
    ]);
    expect((await kit.says('GET', '/catalog/datasets/NOT_SEEDED')).status).toBe(404);
  });
});

describe('negotiations under test', () => {
  it.each(negotiations)('$id: $what', async (scene) => {
    await kit.plays(scene);
  });
});

describe('transfers under test', () => {
  it.each(transfers)('$id: $what', async (scene) => {
    await kit.plays(scene);
  });
});

describe('the mode itself', () => {
  it('is refused in production, and off where nobody asked for it', async () => {
    const env = {
      NODE_ENV: 'production',
      DATASPACE_CONFORMANCE_FILE: '/tmp/run.json',
      DATASPACE_ROOT_URL: 'https://exchange.example/dsp',
      DATASPACE_PARTICIPANT_ID: 'did:web:exchange.example',
      DATASPACE_DELIVERY_URL: 'https://exchange.example/v1/deliveries',
      DATASPACE_SECRET: 'a-secret-of-ours-that-is-long-enough-0000',
      DATASPACE_PRIVATE_KEY: '{"kty":"OKP","crv":"Ed25519","x":"a","d":"b","kid":"k"}',
    };
    expect(() => loadConfig(contractsConfig, env)).toThrow(ConfigError);
    expect(() => loadConfig(contractsConfig, env)).toThrow(/DATASPACE_CONFORMANCE_FILE/);
    expect(loadConfig(contractsConfig, { ...env, DATASPACE_CONFORMANCE_FILE: '' })).toMatchObject({
      NODE_ENV: 'production',
    });
    expect(loadConfig(contractsConfig, {})).toMatchObject({ DATASPACE_CONFORMANCE_FILE: '' });
    await Promise.resolve();
  });
});
