import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestCaller } from '@hetao/testing';
import { main } from '../../../tools/agreement/main.js';
import { keyRing } from './key-ring.js';
import { openMarket, operator, type Market } from './market.js';
import { startContracts, type RunningContracts } from './running-contracts.js';

const GUIDE = new URL('../../../docs/guides/verify-an-agreement.md', import.meta.url);
const run = promisify(execFile);

let contracts: RunningContracts;
let market: Market;
let folder: string;
let guide: string;
let commands: readonly (readonly string[])[];
let agreementId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-agreement-'));
  guide = await readFile(GUIDE, 'utf8');
  commands = [...guide.matchAll(/```sh\nnode tools\/agreement\.mjs (.+)\n```/g)].map(([, line = '']) =>
    line.split(' '),
  );
  contracts = await startContracts();
  // The tool signs by the machine's clock.
  const now = new Date();
  contracts.clock.set(now.toISOString());
  market = await openMarket(contracts);
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();
  const offer = { valid_until: inDays(1), term: { from: inDays(-1), until: inDays(100) } };
  agreementId = (await market.drafted(offer)).id;
});
afterAll(async () => {
  await contracts.stop();
  await rm(folder, { recursive: true });
});

/** Runs a command of the guide in a folder of its own. */
async function follow(command: readonly string[], place: string): Promise<{ code: number; said: string[] }> {
  const said: string[] = [];
  const placed = command.map((word) => (/\.(jwk|txt|json)$/.test(word) ? join(place, word) : word));
  const code = await main(placed, (line) => said.push(line));
  return { code, said };
}
const command = (name: string, ...options: string[]) => {
  const found = commands.find((words) => words[0] === name && options.every((option) => words.includes(option)));
  if (found === undefined) throw new Error(`The guide has no command ${name} ${options.join(' ')}.`);
  return found;
};
const save = (place: string, name: string, content: unknown) =>
  writeFile(join(place, name), typeof content === 'string' ? content : JSON.stringify(content));

async function signAs(party: TestCaller, algorithm: 'Ed25519' | 'ES256'): Promise<void> {
  const place = await mkdtemp(join(folder, 'party-'));
  const ring = keyRing(contracts);
  const {
    said: [jwk = ''],
  } = await follow([...command('key'), '--algorithm', algorithm], place);
  const valid_until = new Date(contracts.clock.now().getTime() + 86_400_000).toISOString();
  const { body } = await contracts.send(party, 'POST', '/v1/signing-keys', {
    json: { jwk: JSON.parse(jwk) as unknown, label: 'office', valid_until },
  });
  await save(place, 'challenge.txt', (body as unknown as { challenge: string }).challenge);
  await ring.prove(party, body.id, (await follow(command('prove'), place)).said[0] ?? '');
  await ring.confirm(operator, body.id);
  await save(place, 'agreement.json', (await market.agreement(agreementId, party)).body);
  const signed = await follow(command('sign'), place);
  expect(await ring.send(party, agreementId, signed.said[0] ?? '')).toMatchObject({ status: 200 });
}

describe('the guide to an agreement', () => {
  it('has exactly the commands this test runs', () => {
    expect(commands.map((words) => words.filter((word) => !/\.(jwk|txt)$/.test(word)).join(' '))).toEqual([
      'key',
      'prove --key',
      'sign agreement.json --key',
      'verify bundle.json',
      'verify bundle.json --keys keys.json',
      'verify bundle.json --records',
    ]);
  });

  it('leads from a key to an agreement that verifies offline, by the tool and by the script in it', async () => {
    await signAs(market.merchant, 'Ed25519');
    const bundleNow = async () =>
      (await contracts.send(market.buyer, 'GET', `/v1/agreements/${agreementId}/bundle`)).body;
    await save(folder, 'bundle.json', await bundleNow());
    expect((await follow(command('verify', 'bundle.json'), folder)).said[0]).toContain('AGREEMENT_SIGNATURE_MISSING');

    await signAs(market.buyer, 'ES256');
    const bundle = await bundleNow();
    await save(folder, 'bundle.json', bundle);
    const { body: keys } = await contracts.send(operator, 'GET', '/v1/signing-keys');
    await save(folder, 'keys.json', keys);
    for (const words of commands.filter(([name]) => name === 'verify')) {
      const { code, said } = await follow(words, folder);
      expect([code, said[0]]).toEqual([0, expect.stringContaining(`Proven: agreement ${agreementId}`)]);
    }
    await save(folder, 'keys.json', { ...keys, data: [] });
    expect(await follow(command('verify', 'keys.json'), folder)).toMatchObject({
      code: 1,
      said: [expect.stringContaining('AGREEMENT_KEY_UNTRUSTED')],
    });

    const [, script = ''] = /```js\n([\s\S]+?)```/.exec(guide) ?? [];
    await save(folder, 'verify.mjs', script);
    const alone = (name: string) => run(process.execPath, [join(folder, 'verify.mjs'), join(folder, name)]);
    expect((await alone('bundle.json')).stdout).toContain(`Proven: agreement ${agreementId}`);
    const text = JSON.stringify(bundle);
    await save(folder, 'forged.json', text.replace('"research"', '"marketing"'));
    await expect(alone('forged.json')).rejects.toMatchObject({
      stdout: expect.stringContaining('not the one that was signed'),
    });
    expect(await follow(['verify', 'forged.json'], folder)).toMatchObject({
      code: 1,
      said: [expect.stringContaining('AGREEMENT_DOCUMENT_TAMPERED')],
    });
  });
});
