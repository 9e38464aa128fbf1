import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anonymise } from './anonymise.js';

const known = { organisations: ['Pearl Data Ltd', 'Pearl', '明珠数据'], people: ['Chan Tai Man', '陳大文'] };
const plain = (text: string): string => anonymise(text, known).text;

describe('an anonymised text', () => {
  it.each([
    ['Pearl  Data Ltd asks', '[organisation] asks'],
    ['PEARL asks, pearls do not', '[organisation] asks, pearls do not'],
    ['明珠数据问', '[organisation]问'],
    ['深圳市某某科技有限公司问', '[organisation]问'],
    ['Silver Harbour Holdings asked', '[organisation] asked'],
    ['Chan Tai Man and 陳大文 wrote', '[person] and [person] wrote'],
    ['Ask Dr. Lee or 王女士', 'Ask [person] or [person]'],
    ['see org_01j000000000000000000000r1', 'see [id]'],
    ['write to a.b@example.org or https://example.org/x?y=1', 'write to [address] or [address]'],
    ['440300199001011234 and 91440300MA5ABCDE1X and A123456(7)', '[number] and [number] and [number]'],
    [
      'call +86 755 1234 5678, 13800138000, 0755-12345678 or 2345 6789',
      'call [number], [number], [number] or [number]',
    ],
  ])('of %p is %p', (text, expected) => expect(plain(text)).toBe(expected));

  it('keeps what the law says: articles, dates, thresholds, rule names', () => {
    const text =
      'CBDF art. 7 asks for 1 000 000 people or 10,000 sensitive, since 2024-03-22; M-7-4, GB/T 43697-2024, GB/T 4754-2017, years 2026 2027.';
    expect(anonymise(text, known)).toEqual({ text, replaced: [] });
  });

  it('has nothing left to take out, whatever was around it', () => {
    const part = fc.constantFrom(
      'Pearl Data Ltd',
      '陳大文',
      'a@b.example',
      'org_01j000000000000000000000r1',
      ' ',
      ', ',
      '问',
      'asks',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const once = plain(parts.join(' '));
        expect(anonymise(once, known)).toEqual({ text: once, replaced: [] });
        for (const name of ['Pearl', '陳大文', '@', 'org_']) expect(once).not.toContain(name);
      }),
    );
  });
});
