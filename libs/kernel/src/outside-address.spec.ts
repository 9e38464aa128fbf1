import { describe, expect, it } from '@jest/globals';
import { outsideAddress } from './outside-address.js';

const strict = { plainHttpAllowed: false, queryAllowed: false };

describe('outsideAddress', () => {
  it.each([
    ['https://merchant.example/api', strict, 'https://merchant.example/api'],
    ['https://Merchant.example:443', strict, 'https://merchant.example/'],
    ['http://localhost:8080/x', { ...strict, plainHttpAllowed: true }, 'http://localhost:8080/x'],
    ['https://m.example/hook?tenant=1', { ...strict, queryAllowed: true }, 'https://m.example/hook?tenant=1'],
  ])('takes %s', (text, rules, href) => {
    expect(outsideAddress(text, rules)).toEqual({ ok: true, value: href });
  });

  it.each([
    ['merchant.example', 'https address'],
    ['http://merchant.example', 'https address'],
    ['ftp://merchant.example', 'https address'],
    ['javascript:alert(1)', 'https address'],
    [`https://m.example/${'a'.repeat(2_000)}`, 'https address'],
    ['https://user:secret@m.example/', 'credentials'],
    ['https://m.example/#top', 'fragment'],
    ['https://m.example/?a=b', 'query'],
  ])('refuses %s', (text, reason) => {
    const checked = outsideAddress(text, strict);
    expect(checked.ok ? '' : checked.error).toContain(reason);
  });
});
