import { beancountWriter } from './journal.beancount.js';
import { hledgerWriter } from './journal.hledger.js';
import type { JournalAccount, JournalFormat, JournalTransaction, JournalWriter } from './journal.js';

/** The writer of a format. */
export function journalWriter(format: JournalFormat): JournalWriter {
  return format === 'hledger' ? hledgerWriter : beancountWriter;
}

/**
 * A whole ledger as one journal, ending with the balance of every account.
 *
 * @param transactions in the order they were recorded.
 */
export function writeJournal(
  format: JournalFormat,
  accounts: readonly JournalAccount[],
  transactions: readonly JournalTransaction[],
): string {
  const writer = journalWriter(format);
  const dates = transactions.map(({ date }) => date).sort();
  const [first = '1970-01-01'] = dates;
  const last = dates.at(-1) ?? first;
  return [
    writer.head(),
    ...accounts.map((account) => writer.account(account, first)),
    ...transactions.map((transaction) => writer.transaction(transaction)),
    ...accounts.map((account) => writer.balance(account, last)),
  ].join('');
}
