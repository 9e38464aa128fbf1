import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeFrame, encodeFrame, frameHeadBytes, frameTileBytes } from './frame.codec.js';

const frames = fc.record({
  sequence: fc.integer({ min: 1, max: 0xffff_ffff }),
  atMs: fc.double({ noNaN: true, min: 0, max: 4e12 }),
  input: fc.integer({ min: 0, max: 0xffff_ffff }),
  tiles: fc.array(
    fc.record({ index: fc.integer({ min: 0, max: 143 }), jpeg: fc.uint8Array({ minLength: 0, maxLength: 60 }) }),
    { maxLength: 6 },
  ),
});

describe('A frame', () => {
  it('comes out as it went in, wherever in a buffer it lies, and costs what was said', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 0, max: 5 }), (frame, before) => {
        const bytes = encodeFrame(frame);
        const cost = frame.tiles.reduce((sum, tile) => sum + frameTileBytes(tile), frameHeadBytes);
        expect(bytes.byteLength).toBe(cost);
        const around = new Uint8Array(before + bytes.byteLength + 3);
        around.set(bytes, before);
        expect(decodeFrame(around.subarray(before, before + bytes.byteLength))).toEqual(frame);
      }),
    );
  });

  it('that is cut off, too long or of another kind is refused, whatever it says', () => {
    fc.assert(
      fc.property(frames, fc.nat(), (frame, where) => {
        const bytes = encodeFrame(frame);
        expect(() => decodeFrame(bytes.subarray(0, where % bytes.byteLength))).toThrow(RangeError);
        expect(() => decodeFrame(Uint8Array.from([...bytes, 0]))).toThrow(RangeError);
        expect(() => decodeFrame(Uint8Array.from([2, ...bytes.subarray(1)]))).toThrow(RangeError);
      }),
    );
  });
});
