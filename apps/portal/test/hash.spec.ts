import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hashOf } from '../src/kit/hash.rules.js';

it('hashes as everybody does, however the file comes in pieces', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), async (pieces) => {
      const expected = createHash('sha256');
      for (const piece of pieces) expected.update(piece);
      const file = new Blob(pieces.map((piece) => new Uint8Array(piece)));
      expect(await hashOf(file)).toBe(expected.digest('hex'));
    }),
    { numRuns: 30 },
  );
});
