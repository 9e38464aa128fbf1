import { describe, expect, it } from '@jest/globals';
import { checkBankAccount } from './bank-account.js';

// Example IBANs of the ISO 13616 registry for Great Britain and Germany; the rest are one slip away from them.
describe('checkBankAccount', () => {
  it.each(['GB29NWBK60161331926819', 'GB29 NWBK 6016 1331 9268 19', 'de89370400440532013000'])(
    'takes %s and keeps its electronic form',
    (iban) => {
      const checked = checkBankAccount({ name: 'A Ltd', iban, bic: 'NWBKGB2L' });
      expect(checked).toEqual({
        ok: true,
        value: { name: 'A Ltd', iban: iban.replaceAll(' ', '').toUpperCase(), bic: 'NWBKGB2L' },
      });
    },
  );

  it('takes a local account number where the country has no IBAN', () => {
    const account = { name: '河套數據有限公司', accountNumber: '012-345-6 789012' };
    expect(checkBankAccount(account)).toEqual({ ok: true, value: account });
  });

  it.each([
    ['a wrong check digit', { iban: 'GB28NWBK60161331926819' }, '/bank_account/iban'],
    ['two digits changed over', { iban: 'GB29NWBK60161331928619' }, '/bank_account/iban'],
    ['something else', { iban: 'not an iban' }, '/bank_account/iban'],
    ['both forms at once', { iban: 'GB29NWBK60161331926819', accountNumber: '12345678' }, '/bank_account'],
    ['neither form', {}, '/bank_account'],
    ['an account number of other signs', { accountNumber: '1234;DROP' }, '/bank_account/account_number'],
    ['a BIC of nine characters', { accountNumber: '12345678', bic: 'BKCHCNBJ1' }, '/bank_account/bic'],
  ])('refuses %s and says where', (_what, fields, pointer) => {
    expect(checkBankAccount({ name: 'A Ltd', ...fields })).toMatchObject({
      ok: false,
      error: { code: 'BANK_ACCOUNT_INVALID', pointer },
    });
  });
});
