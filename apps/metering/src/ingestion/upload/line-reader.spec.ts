import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LineReader } from './line-reader.js';

it('finds the same lines however the bytes are cut, each with the place after it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 12 })),
      fc.array(fc.nat({ max: 9 })),
      fc.nat(),
      (texts, cuts, offset) => {
        const lines = texts.map((text) => text.replaceAll('\n', ' '));
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const reader = new LineReader(offset);
        const found: { text: string; end: number }[] = [];
        let from = 0;
        for (const cut of [...cuts, bytes.length]) {
          for (const line of reader.push(bytes.subarray(from, from + cut))) {
            found.push({ text: Buffer.from(line.bytes).toString(), end: line.endOffset });
          }
          from += cut;
        }
        let end = offset;
        expect(found).toEqual(
          lines.map((line) => {
            end += Buffer.byteLength(line) + 1;
            return { text: Buffer.from(line).toString(), end };
          }),
        );
        expect(reader.rest()).toBeUndefined();
      },
    ),
  );
});

it('keeps no more of an endless line than tells that it is too long', () => {
  const reader = new LineReader(0);
  for (let part = 0; part < 100; part += 1) expect([...reader.push(Buffer.alloc(100_000, 97))]).toEqual([]);
  const rest = reader.rest();
  expect(rest?.endOffset).toBe(10_000_000);
  expect(rest?.bytes.length).toBeLessThan(700_000);
});
