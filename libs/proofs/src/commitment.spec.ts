import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commit, digestsOf, newSalt } from './commitment.js';
import { digestStream, type DigestEngine } from './digest-stream.js';

async function* iterated(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

const nodeEngine: DigestEngine = { sha256: () => createHash('sha256'), sm3: () => createHash('sm3') };

describe('salted commitments (reference 6.2)', () => {
  it('are SHA-256, and SM3, over the domain, the salt and both digests', () => {
    const salt = newSalt();
    const digests = digestsOf('卷宗');
    const message = Buffer.concat([
      Buffer.from('szdex-att-v1'),
      Buffer.from(salt, 'hex'),
      createHash('sha256').update('卷宗').digest(),
      createHash('sm3').update('卷宗').digest(),
    ]);
    expect(commit(digests, salt)).toEqual({
      commitment: createHash('sha256').update(message).digest('hex'),
      commitmentSm3: createHash('sm3').update(message).digest('hex'),
    });
  });

  it('of the same small value never look alike', () => {
    const seen = Array.from({ length: 200 }, () => commit(digestsOf('HKD 500'), newSalt()).commitment);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each(['', '00'.repeat(32), 'ab'.repeat(32), 'A'.repeat(64), '12'.repeat(31)])(
    'are not made with the salt %j',
    (salt) => {
      expect(() => commit(digestsOf('x'), salt)).toThrow('The salt is not 32 random bytes.');
    },
  );

  it('never quote a salt that was refused', () => {
    const salt = `${'00'.repeat(30)}beef`;
    expect(() => commit(digestsOf('x'), salt)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('beef') }),
    );
  });

  it('are not made over what is no digest', () => {
    expect(() => commit({ sha256: 'abc', sm3: digestsOf('x').sm3 }, newSalt())).toThrow('sha256');
    expect(() => commit({ ...digestsOf('x'), sm3: '' }, newSalt())).toThrow('sm3');
  });
});

describe('files as streams', () => {
  it('hash to what their bytes hash to, however they are cut, from either kind of stream', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 10 }), async (pieces) => {
        const whole = Buffer.concat(pieces);
        const expected = { ...digestsOf(whole), bytes: whole.length };
        expect(await digestStream(iterated(pieces))).toEqual(expected);
        expect(await digestStream(new Blob(pieces).stream(), { engine: nodeEngine })).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('pass through without being kept, and say how far they are', async () => {
    const piece = new Uint8Array(1 << 20).fill(7);
    const seen: number[] = [];
    async function* file(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 64; i += 1) yield piece;
    }
    const { bytes, sha256 } = await digestStream(file(), { engine: nodeEngine, onProgress: (done) => seen.push(done) });
    expect(bytes).toBe(64 << 20);
    expect(seen.at(-1)).toBe(bytes);
    expect(seen).toHaveLength(64);
    expect(sha256).toBe(
      createHash('sha256')
        .update(Buffer.alloc(64 << 20, 7))
        .digest('hex'),
    );
  });

  it('stop when asked, and let go of the source', async () => {
    const stop = new AbortController();
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(10)),
      cancel: () => {
        cancelled = true;
      },
    });
    const hashing = digestStream(endless, {
      signal: stop.signal,
      onProgress: (bytes) => bytes > 50 && stop.abort(new Error('enough')),
    });
    await expect(hashing).rejects.toThrow('enough');
    expect(cancelled).toBe(true);
  });
});
