import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { faults, problems } from '../locales/zh-Hant/problems/index.js';
import { faultText } from './fault.rules.js';

const words = { faults, problems };
const told = (schema: z.ZodType, value: unknown) =>
  (schema.safeParse(value).error?.issues ?? []).map(({ code, message }) =>
    faultText(words, { code: code.toUpperCase(), detail: message }),
  );

it('tells what a schema refuses, with the bound that was crossed', () => {
  expect(told(z.string().max(3), 'long')).toEqual(['太長或太大（≤ 3）']);
  expect(told(z.number().min(0.5), 0)).toEqual(['太短或太小（≥ 0.5）']);
  expect(told(z.email(), 'nobody')).toEqual(['格式不正確']);
  expect(told(z.enum(['a']), 'b')).toEqual(['不是可選的值']);
  expect(told(z.int(), 'x')).toEqual(['內容的類型不正確']);
});

it('has words for every kind of fault a schema finds', () => {
  const kinds = [
    'invalid_type',
    'too_big',
    'too_small',
    'invalid_format',
    'not_multiple_of',
    'unrecognized_keys',
  ] as const;
  const rest = ['invalid_union', 'invalid_key', 'invalid_element', 'invalid_value', 'custom'] as const;
  type Told = (typeof kinds)[number] | (typeof rest)[number];
  const all: readonly (z.core.$ZodIssueCode & Told)[] = [...kinds, ...rest];
  // The exchange tells unknown fields one by one, by a code of its own.
  const codes = all.map((kind) => (kind === 'unrecognized_keys' ? 'UNKNOWN_FIELD' : kind.toUpperCase()));
  expect(codes.filter((code) => faultText(words, { code, detail: '' }) === undefined)).toEqual([]);
});

it('calls a fault that is a problem elsewhere by its title, and leaves others to their own words', () => {
  expect(faultText(words, { code: 'RATE_LIMITED', detail: 'x < 3' })).toBe(problems.RATE_LIMITED?.title);
  expect(faultText(words, { code: 'NEW_TOMORROW', detail: 'x' })).toBeUndefined();
});
