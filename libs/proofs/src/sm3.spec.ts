import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sm3, sm3Hex } from './sm3.js';

const opensslSm3 = (bytes: Uint8Array): string => createHash('sm3').update(bytes).digest('hex');

describe('SM3', () => {
  it('gives the vectors of GB/T 32905-2016, appendix A', () => {
    expect(sm3Hex('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(sm3Hex('abcd'.repeat(16))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
  });

  it('agrees with OpenSSL on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
        expect(sm3Hex(bytes)).toBe(opensslSm3(bytes));
      }),
    );
  });

  it('gives the same whether bytes come at once or in pieces, also after being cloned on the way', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 8 }), (pieces) => {
        const running = pieces.reduce((hash, piece) => hash.clone().update(piece), sm3.create());
        expect(Buffer.from(running.digest()).toString('hex')).toBe(opensslSm3(Buffer.concat(pieces)));
      }),
    );
  });

  it('cannot be used again after it was destroyed', () => {
    const running = sm3.create();
    running.destroy();
    expect(() => running.update(new Uint8Array(1))).toThrow();
  });
});
