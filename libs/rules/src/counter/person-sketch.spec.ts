import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { personCommitment } from './person-commitment.js';
import {
  addToSketch,
  emptySketch,
  estimatePersons,
  mergeSketches,
  sketchFromText,
  sketchToText,
  SKETCH_ERROR,
  type PersonSketch,
} from './person-sketch.js';

const salt = new Uint8Array(32).fill(3);
const sketchOf = (from: number, to: number): PersonSketch => {
  const sketch = emptySketch();
  for (let person = from; person < to; person += 1) addToSketch(sketch, personCommitment(salt, `p${person}`));
  return sketch;
};

describe('a sketch of persons', () => {
  it.each([0, 1, 10, 500, 9_999, 30_000, 60_000])('of %i persons estimates within its stated error', (persons) => {
    const { estimate, lower, upper, error } = estimatePersons(sketchOf(0, persons));
    expect(error).toBe(SKETCH_ERROR);
    expect(Math.abs(estimate - persons)).toBeLessThanOrEqual(Math.ceil(persons * SKETCH_ERROR));
    expect(lower).toBeLessThanOrEqual(persons);
    expect(upper).toBeGreaterThanOrEqual(persons);
  });
  it('counts nobody twice: over channels that overlap it is the sketch of their union', () => {
    const union = mergeSketches([sketchOf(0, 3_000), sketchOf(2_000, 5_000), sketchOf(0, 3_000)]);
    expect(union).toEqual(sketchOf(0, 5_000));
  });
  const some = fc.array(fc.tuple(fc.nat(16_383), fc.nat(51)), { maxLength: 40 }).map((entries) => {
    const sketch = emptySketch();
    for (const [register, rank] of entries) sketch[register] = rank;
    return sketch;
  });
  it('merges in any order, any grouping, any number of times, and never to less', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const all = mergeSketches([a, b, c]);
        expect(mergeSketches([c, mergeSketches([b, a, a])])).toEqual(all);
        expect(estimatePersons(all).estimate).toBeGreaterThanOrEqual(estimatePersons(a).estimate);
      }),
      { numRuns: 30 },
    );
  });
  it('travels as text, and nothing else passes for one', () => {
    const sketch = sketchOf(0, 100);
    const text = sketchToText(sketch);
    expect(sketchFromText(text)).toEqual({ ok: true, value: sketch });
    const tall = sketch.slice();
    tall[7] = 52;
    for (const wrong of ['', 'hll14:', text.slice(6), text.slice(0, -8), `${text.slice(0, 40)}!`, sketchToText(tall)]) {
      expect(sketchFromText(wrong)).toMatchObject({ ok: false, error: { code: 'SKETCH_INVALID' } });
    }
    expect(() => addToSketch(sketch, 'ab')).toThrow(RangeError);
  });
});
