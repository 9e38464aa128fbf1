import { err, ok, type Result } from '@hetao/kernel';
import { participantErrors, type ParticipantError } from './participant.errors.js';

/** Where payouts go: an IBAN (ISO 13616) or, where the country has none, the local account number. */
export interface BankAccount {
  readonly name: string;
  readonly iban?: string;
  readonly accountNumber?: string;
  /** ISO 9362. */
  readonly bic?: string;
}

const IBAN = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/;
const ACCOUNT_NUMBER = /^[A-Za-z0-9][A-Za-z0-9 -]{2,32}[A-Za-z0-9]$/;
const BIC = /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/;

/**
 * Checks an account before money is ever sent to it. IBANs are normalised to their electronic form (no spaces, upper
 * case) and their check digits verified (ISO 13616-1, ISO 7064 MOD 97-10).
 */
export function checkBankAccount(account: BankAccount): Result<BankAccount, ParticipantError> {
  const { name, iban, accountNumber, bic } = account;
  if ((iban === undefined) === (accountNumber === undefined)) {
    return refused('/bank_account', 'exactly one of iban and account_number is needed');
  }
  const compactIban = iban?.replaceAll(' ', '').toUpperCase();
  if (compactIban !== undefined && !isIban(compactIban)) {
    return refused('/bank_account/iban', `"${iban}" is not an IBAN: its form or its check digits are wrong`);
  }
  if (accountNumber !== undefined && !ACCOUNT_NUMBER.test(accountNumber)) {
    return refused('/bank_account/account_number', `"${accountNumber}" is not 4 to 34 letters, digits, spaces or "-"`);
  }
  if (bic !== undefined && !BIC.test(bic)) {
    return refused('/bank_account/bic', `"${bic}" is not a BIC`);
  }
  return ok({
    name,
    ...(compactIban === undefined ? {} : { iban: compactIban }),
    ...(accountNumber === undefined ? {} : { accountNumber }),
    ...(bic === undefined ? {} : { bic }),
  });
}

function isIban(text: string): boolean {
  if (!IBAN.test(text)) return false;
  const rearranged = text.slice(4) + text.slice(0, 4);
  // Letters count as 10…35; the remainder is carried character by character, so no number grows past 9,700.
  let remainder = 0;
  for (const character of rearranged) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

function refused(pointer: string, detail: string): Result<never, ParticipantError> {
  return err(participantErrors.BANK_ACCOUNT_INVALID(`The bank account was refused: ${detail}.`, { pointer }));
}
