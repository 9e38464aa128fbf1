import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const here = new URL('..', import.meta.url);
const rows = readFileSync(new URL('THREATS.md', here), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?:API|IN)\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

it('every threat of the table is tried by a test that is there', () => {
  const names = new Set(rows.map(([, name]) => name));
  const risks = Array.from({ length: 10 }, (_, at) => `API${at + 1}`);
  expect([...names]).toEqual(expect.arrayContaining([...risks, 'IN1', 'IN11']));
  const missing = rows.filter(([, , , , spec = '', test = '']) => {
    const source = readFileSync(new URL(spec, here), 'utf8');
    return test === '' || !source.includes(test);
  });
  expect(missing).toEqual([]);
});
