import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordSealedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import {
  entryBytes,
  formatNoteKey,
  generateSigningKey,
  inclusionProof,
  leafHash,
  merkleRoot,
  noteKey,
  signCheckpoint,
  type NoteKey,
  type PrivateKeyJwk,
} from '@hetao/proofs';
import { signReleaseToken, verifyReleaseToken, type ReleaseClaims, type ReleasePublicKey } from '@hetao/rules';
import type { TestCaller } from '@hetao/testing';
import { main } from '../../../tools/release/main.js';
import { startCustoms, textOf, type Answer, type RunningCustoms } from './running-customs.js';
import { exporter, officer } from './sample-declaration.js';
import { stepsOf } from './steps.js';

const ORIGIN = 'log.example/customs';
let customs: RunningCustoms;
let merchant: TestCaller;
let logKey: PrivateKeyJwk;
let trusted: NoteKey;
let keys: ReleasePublicKey[];
beforeAll(async () => {
  customs = await startCustoms();
  const key = await generateSigningKey();
  [logKey, trusted] = [key.privateKey, noteKey('log', ORIGIN, key.publicKey)];
  keys = (await customs.send(null, 'GET', '/v1/customs/release-keys')).body['keys'] as unknown as ReleasePublicKey[];
});
afterAll(() => customs.stop());
beforeEach(() => {
  customs.clock.set('2026-12-02T02:00:00Z');
  merchant = exporter();
});

/** The release’s event as leaf two of a log of five, as the attestation service would say it. */
async function sealedRecord(release: string, change: Partial<RecordSealedV1> = {}): Promise<RecordSealedV1> {
  const leaves = Array.from({ length: 5 }, (_, at) => leafHash(entryBytes({ of: at === 2 ? release : String(at) })));
  const checkpoint = await signCheckpoint({ origin: ORIGIN, size: 5, root: merkleRoot(leaves) }, logKey);
  return {
    ...{ recordId: newId('evt'), record: 'hetao.customs.release-issued.v1', recordSubject: release, checkpoint },
    ...{ leafHash: leaves[2] ?? '', leafIndex: 2, treeSize: 5, rootHash: merkleRoot(leaves) },
    ...{ inclusionPath: [...inclusionProof(leaves, 2)], sealedAt: '2026-12-02T02:00:01.000Z' },
    ...change,
  };
}
const releaseNow = (id: string): Promise<Answer> => customs.send(merchant, 'GET', `/v1/customs/releases/${id}`);
const check = async (token: string): Promise<unknown> =>
  (await customs.send(null, 'POST', '/v1/customs/release-checks', { token })).body['outcome'];

describe('a release whose issue is sealed in the log', () => {
  it('has its token signed again with the receipt in it: same id, same claims, and both stay valid', async () => {
    const { release, token } = await stepsOf(customs, merchant).released(3);
    expect((await releaseNow(release)).body).toMatchObject({ log_receipt: null, sealed_token: null });
    await customs.hears(RecordSealedV1, await sealedRecord(release, { record: 'hetao.customs.release-revoked.v1' }));
    expect((await releaseNow(release)).body['log_receipt']).toBeNull();
    const record = await sealedRecord(release);
    await customs.hears(RecordSealedV1, record);
    const { body } = await releaseNow(release);
    expect(body['log_receipt']).toMatchObject({ leaf_index: 2, tree_size: 5, record_id: record.recordId });
    const [first, sealed] = [
      await verifyReleaseToken(token, keys, customs.clock.now()),
      await verifyReleaseToken(textOf(body['sealed_token']), keys, customs.clock.now()),
    ];
    if (!first.ok || !sealed.ok) throw new Error('Both tokens were signed by customs.');
    expect({ ...sealed.value, log_receipt: null }).toEqual(first.value);
    expect(sealed.value.log_receipt).toEqual(body['log_receipt']);
    expect([await check(token), await check(textOf(body['sealed_token']))]).toEqual(['active', 'active']);
    await customs.hears(RecordSealedV1, await sealedRecord(release));
    expect((await releaseNow(release)).body['log_receipt']).toEqual(body['log_receipt']);
  });

  it('is not, by a receipt whose path leads elsewhere', async () => {
    const { release } = await stepsOf(customs, merchant).released(3);
    const good = await sealedRecord(release);
    for (const wrong of [{ leafIndex: 3 }, { leafHash: 'ab'.repeat(32) }, { treeSize: 6 }]) {
      await customs.hears(RecordSealedV1, { ...good, ...wrong });
      expect((await releaseNow(release)).body['log_receipt']).toBeNull();
    }
  });

  it('is checked from the command line, without customs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hetao-release-'));
    const at = (name: string): string => join(folder, name);
    const lines: string[] = [];
    const run = (...args: string[]): Promise<number> =>
      main(['verify', ...args, '--keys', at('keys'), '--at', '2026-12-03T00:00:00Z'], (line) => lines.push(line));
    try {
      const { release, token } = await stepsOf(customs, merchant).released(3);
      await customs.hears(RecordSealedV1, await sealedRecord(release));
      await writeFile(at('keys'), (await customs.send(null, 'GET', '/v1/customs/release-keys')).text);
      await writeFile(at('first'), token);
      await writeFile(at('sealed'), `${textOf((await releaseNow(release)).body['sealed_token'])}\n`);
      const log = ['--log-key', formatNoteKey(trusted)];
      const use = ['--purpose', 'academic', '--recipient', 'org_hkuniversity', '--destination', 'HK', '--field'];
      expect(await run(at('sealed'), ...log, ...use, 'pattern')).toBe(0);
      expect(lines).toEqual(expect.arrayContaining(['logged as leaf 2 of 5', 'the use is covered']));
      expect(await run(at('first'))).toBe(0);
      expect([await run(at('first'), ...log), lines.splice(0).join()]).toEqual([
        1,
        expect.stringContaining('UNLOGGED'),
      ]);
      const stranger = formatNoteKey(noteKey('log', ORIGIN, (await generateSigningKey()).publicKey));
      expect([await run(at('sealed'), '--log-key', stranger), lines.splice(0).join()]).toEqual([
        1,
        expect.stringContaining('RELEASE_TOKEN_UNLOGGED'),
      ]);
      expect([await run(at('sealed'), ...use, 'name'), lines.splice(0).join()]).toEqual([
        1,
        expect.stringContaining('RELEASE_OUT_OF_SCOPE'),
      ]);
      await writeFile(at('cut'), token.slice(0, -9));
      expect([await run(at('cut')), await run(at('nowhere')), await run(at('first'), '--purpose', 'x')]).toEqual([
        1, 2, 2,
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a token that is shown to customs', () => {
  it('says what it is worth now: suspended, revoked, over, forged, cut off, or one customs never kept', async () => {
    const { release, token } = await stepsOf(customs, merchant).released(3);
    const change = (command: string): Promise<Answer> =>
      customs.send(officer, 'POST', `/v1/customs/releases/${release}/${command}`, { reason: 'Unclear.' });
    await change('suspend');
    expect(await check(token)).toBe('suspended');
    const [head = '', body = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as ReleaseClaims;
    const richer = Buffer.from(JSON.stringify({ ...claims, quota: { general_remaining: 9, sensitive_remaining: 9 } }));
    expect(await check(`${head}.${richer.toString('base64url')}.${signature}`)).toBe('forged');
    const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
    const { x = '', d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey);
    const theirs = { kty: 'OKP', crv: 'Ed25519', x, d, kid: keys[0]?.kid ?? '' } as const;
    expect(await check(await signReleaseToken(claims, theirs))).toBe('forged');
    expect(await check(token.slice(0, 40))).toBe('not_a_token');
    await change('revoke');
    expect(await check(token)).toBe('revoked');
    customs.clock.set('2027-12-02T00:00:00Z');
    expect(await check(token)).toBe('not_in_force');
  });

  it('that was signed for a release that does not exist is replayed from elsewhere, and worth nothing', async () => {
    const other = await startCustoms('2026-12-02T02:00:00Z');
    try {
      // The same key, another exchange: the signature is good, and still nobody here issued it.
      const { token } = await stepsOf(other, exporter()).released(3);
      expect(await check(token)).toBe('superseded');
    } finally {
      await other.stop();
    }
  });
});
