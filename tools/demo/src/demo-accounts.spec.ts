import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO_PASSWORD } from './cast.js';
import { demoKeysOfTheExchange } from './demo-accounts.js';
import { DemoKeys } from './demo-keys.js';

interface Account {
  readonly email: string;
  readonly password: string;
  readonly api_key: string;
}

describe('the accounts of the exchange in the demo', () => {
  it('have the keys and the password that the banner prints', async () => {
    const file = new URL('../demo-accounts.json', import.meta.url);
    const accounts = JSON.parse(await readFile(file, 'utf8')) as Account[];
    expect(accounts.map(({ email, password, api_key }) => [email, password, api_key])).toEqual([
      ['operator@hetao.demo', DEMO_PASSWORD, demoKeysOfTheExchange.operator],
      ['auditor@hetao.demo', DEMO_PASSWORD, demoKeysOfTheExchange.auditor],
      ['customs@hetao.demo', DEMO_PASSWORD, demoKeysOfTheExchange.officer],
    ]);
  });
});

describe('the keys of the demo', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hetao-demo-keys-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are found again, all of them, by their owner alone', async () => {
    const path = join(folder, 'made', 'demo-keys.json');
    const keys = await DemoKeys.open(path);
    await Promise.all(Array.from({ length: 20 }, (_, at) => keys.put(`m${at}@x.demo`, `key ${at}`)));
    const again = await DemoKeys.open(path);
    expect(Array.from({ length: 20 }, (_, at) => again.get(`m${at}@x.demo`))).toEqual(
      Array.from({ length: 20 }, (_, at) => `key ${at}`),
    );
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{"m@x.demo": 7', '[]', 'null', '{"m@x.demo": 7}'])('are none in a damaged file (%j)', async (text) => {
    const path = join(folder, 'damaged.json');
    await writeFile(path, text);
    expect((await DemoKeys.open(path)).get('m@x.demo')).toBeUndefined();
  });
});
