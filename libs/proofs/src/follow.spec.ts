import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signCheckpoint, type Checkpoint, type Trust } from './checkpoint.js';
import { lookAtLog } from './follow.js';
import { consistencyProof, leafHash, merkleRoot } from './merkle.js';
import { noteKey } from './note-key.js';
import { generateSigningKey, type PrivateKeyJwk } from './signature.js';

const ORIGIN = 'log.example/hongkong';
let trust: Trust;
let key: PrivateKeyJwk;

beforeAll(async () => {
  const pair = await generateSigningKey();
  trust = { logs: [noteKey('log', ORIGIN, pair.publicKey)] };
  key = pair.privateKey;
});

const leaves = (texts: readonly string[]): string[] => texts.map((text) => leafHash(new TextEncoder().encode(text)));
const headOf = (hashes: readonly string[]): Checkpoint => ({
  origin: ORIGIN,
  size: hashes.length,
  root: merkleRoot(hashes),
});
const publish = (hashes: readonly string[]): Promise<string> => signCheckpoint(headOf(hashes), key);

async function look(seen: readonly string[] | undefined, now: readonly string[], published?: string) {
  return lookAtLog({
    trust,
    seen: seen && headOf(seen),
    published: published ?? (await publish(now)),
    proof: (from) => Promise.resolve(consistencyProof(now, from)),
  });
}

describe('following a log', () => {
  it('believes a log that only grows, whatever its sizes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.nat(40), async (size, more) => {
        const now = leaves(Array.from({ length: size + more }, (_, i) => String(i)));
        const sighting = await look(now.slice(0, size), now);
        expect(sighting).toMatchObject({
          state: more === 0 ? 'unchanged' : 'grown',
          checkpoint: { size: size + more },
        });
      }),
      { numRuns: 40 },
    );
  });

  it('takes the first checkpoint on the word of its signature', async () => {
    expect(await look(undefined, leaves(['a']))).toMatchObject({ state: 'first' });
  });

  it('raises an alarm when history was changed anywhere, at any later size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.nat(10), fc.nat(), async (size, more, pick) => {
        const texts = Array.from({ length: size + more }, (_, i) => String(i));
        const forked = texts.with(pick % size, 'another');
        expect(await look(leaves(texts).slice(0, size), leaves(forked))).toMatchObject({
          state: 'alarm',
          alarm: 'fork',
        });
      }),
      { numRuns: 40 },
    );
  });

  it('raises an alarm when the log went back', async () => {
    const now = leaves(['a', 'b', 'c']);
    expect(await look(now, now.slice(0, 2))).toMatchObject({ state: 'alarm', alarm: 'rolled_back' });
    expect(await look(now, [])).toMatchObject({ state: 'alarm', alarm: 'rolled_back' });
  });

  it('raises an alarm when the checkpoint is not signed by the log', async () => {
    const published = await publish(leaves(['a', 'b']));
    expect(await look(leaves(['a']), [], published.replace('\n2\n', '\n3\n'))).toMatchObject({
      alarm: 'checkpoint_untrusted',
    });
    expect(await look(leaves(['a']), [], 'nonsense')).toMatchObject({ alarm: 'checkpoint_untrusted' });
  });

  it('raises an alarm when another log of a trusted key answers in its place', async () => {
    const { privateKey, publicKey } = await generateSigningKey();
    const published = await signCheckpoint({ ...headOf(leaves(['a'])), origin: 'log.example/other' }, privateKey);
    const both = { logs: [...trust.logs, noteKey('log', 'log.example/other', publicKey)] };
    const proof = (): Promise<readonly string[]> => Promise.resolve([]);
    expect(await lookAtLog({ trust: both, seen: headOf(leaves(['a'])), published, proof })).toMatchObject({
      alarm: 'wrong_log',
    });
  });

  it('is no alarm when the log cannot be asked', async () => {
    const published = await publish(leaves(['a', 'b']));
    const proof = (): Promise<readonly string[]> => Promise.reject(new Error('unreachable'));
    await expect(lookAtLog({ trust, seen: headOf(leaves(['a'])), published, proof })).rejects.toThrow('unreachable');
  });
});
