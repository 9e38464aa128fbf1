import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = new URL('../..', import.meta.url).pathname;
const rows = readFileSync(join(root, 'docs/security/threat-model.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!Door|-)/.test(line))
  .map((line) => {
    const [, door = '', kind = '', threat = '', against = '', spec = '', test = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    return { door, kind, threat, against, spec, test };
  });
const KINDS = ['spoofing', 'tampering', 'repudiation', 'disclosure', 'denial of service', 'elevation'];

describe('The threat model', () => {
  it('looks at every door, and at every kind of threat somewhere', () => {
    expect(new Set(rows.map(({ door }) => door)).size).toBeGreaterThan(12);
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(KINDS));
  });

  it.each(rows)('$door: $threat is tried by a test that is there', ({ against, spec, test }) => {
    expect(against).not.toBe('');
    expect(test).not.toBe('');
    expect(existsSync(join(root, spec))).toBe(true);
    expect(readFileSync(join(root, spec), 'utf8')).toContain(test);
  });
});
