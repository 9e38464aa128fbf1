import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const here = new URL('..', import.meta.url);
const rows = readFileSync(new URL('THREATS.md', here), 'utf8')
  .split('\n')
  .filter((line) => /^\| T\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

it('every threat of the table is tried by a test that is there', () => {
  const numbers = rows.map(([, number]) => Number(number?.slice(1)));
  expect([...new Set(numbers)]).toEqual(Array.from({ length: 18 }, (_, at) => at + 1));
  const missing = rows.filter(([, , , , spec = '', test = '']) => {
    const source = readFileSync(new URL(spec, here), 'utf8');
    return test === '' || !source.includes(test);
  });
  expect(missing).toEqual([]);
});
