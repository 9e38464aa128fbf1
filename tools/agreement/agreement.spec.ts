import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentHash } from '@hetao/proofs';
import { main } from './main.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-agreement-'));
});
afterAll(() => rm(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
async function call(...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await main(args, (line) => lines.push(line));
  return { code, said: lines.join('\n') };
}

describe('the tool for agreements', () => {
  it('says how to use it', async () => {
    for (const args of [[], ['help'], ['verify'], ['verify', 'a', 'b'], ['verify', 'a', '--unknown', 'x']]) {
      expect((await call(...args)).code).toBe(2);
    }
    expect((await call()).said).toContain('verify BUNDLE_FILE [--keys FILE] [--records]');
  });

  it('makes a key its owner alone can read, prints no secret, and never writes over one', async () => {
    const made = await call('key', at('own.jwk'));
    const { d } = JSON.parse(await readFile(at('own.jwk'), 'utf8')) as { d: string };
    expect([made.code, made.said.includes(d), (await stat(at('own.jwk'))).mode & 0o777]).toEqual([0, false, 0o600]);
    expect((await call('key', at('own.jwk'))).code).toBe(2);
    expect((await call('key', at('other.jwk'), '--algorithm', 'RS256')).said).toContain('Ed25519 or ES256');
  });

  it('signs no document that is not the one with the hash it was read with', async () => {
    const document = { type: 'hetao.agreement.v3', agreement_id: 'agr_1' };
    await writeFile(at('good.json'), JSON.stringify({ document, document_hash: documentHash(document) }));
    await writeFile(at('bad.json'), JSON.stringify({ document, document_hash: 'f'.repeat(64) }));
    expect((await call('sign', at('good.json'), '--key', at('own.jwk'))).said).toMatch(/^[\w-]+\.\.[\w-]{86}$/);
    expect((await call('sign', at('bad.json'), '--key', at('own.jwk'))).said).toContain('nothing was signed');
    expect((await call('sign', at('good.json'))).said).toContain('--key is missing');
    expect((await call('sign', at('good.json'), '--key', at('good.json'))).said).toContain('is not a private key');
  });

  it('answers no text that is not a challenge of the exchange', async () => {
    await writeFile(at('challenge.txt'), 'pay a million');
    expect((await call('prove', at('challenge.txt'), '--key', at('own.jwk'))).said).toContain('no challenge');
  });

  it('says what is wrong with a file, and never quotes it', async () => {
    await writeFile(at('secret.json'), '{"form": "topsecret"');
    expect(await call('verify', at('secret.json'))).toEqual({
      code: 2,
      said: `${at('secret.json')} cannot be read as JSON.`,
    });
    await writeFile(at('shape.json'), '{"form": "topsecret"}');
    const shape = await call('verify', at('shape.json'));
    expect([shape.code, shape.said.includes('topsecret'), shape.said.includes('/form')]).toEqual([2, false, true]);
  });
});
