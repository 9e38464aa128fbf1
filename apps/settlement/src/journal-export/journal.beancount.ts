import {
  classOf,
  commoditySamples,
  majorUnits,
  type AccountClass,
  type JournalLeg,
  type JournalTransaction,
  type JournalWriter,
} from './journal.js';

const ROOTS: Readonly<Record<AccountClass, string>> = {
  assets: 'Assets',
  liabilities: 'Liabilities',
  revenues: 'Income',
  expenses: 'Expenses',
  equity: 'Equity',
};
const DAY_MS = 86_400_000;

/** Writes Beancount's language (beancount.github.io, "Beancount language syntax", version 2 and 3). */
export const beancountWriter: JournalWriter = {
  head: () =>
    [
      'option "title" "Journal of the Hetao Exchange"',
      ...commoditySamples().map(({ currency }) => `1970-01-01 commodity ${currency}`),
      '',
    ].join('\n') + '\n',
  account: (account, firstDate) =>
    `${firstDate} open ${nameOf(account)} ${account.currency}\n  owner: ${quoted(account.owner)}\n`,
  transaction: (transaction) => `\n${heading(transaction)}${transaction.legs.map(posting).join('')}`,
  // A balance directive speaks of the beginning of its day, and would overlook a cent if it were not told not to.
  balance: (account, lastDate) =>
    `\n${dayAfter(lastDate)} balance ${nameOf(account)} ${majorUnits(account.balanceMinor, account.currency)} ~ 0 ${account.currency}\n`,
};

function heading(transaction: JournalTransaction): string {
  const { date, transactionId, movement, referenceKind, referenceId, period, recordedAt } = transaction;
  return [
    `${date} * ${quoted(movement)} ${quoted(referenceId)}`,
    `  id: ${quoted(transactionId)}`,
    `  reference: ${quoted(`${referenceKind} ${referenceId}`)}`,
    `  period: ${quoted(period ?? 'none')}`,
    `  recorded: ${quoted(recordedAt.toISOString())}`,
    '',
  ].join('\n');
}

function posting(leg: JournalLeg): string {
  return `  ${nameOf(leg)}  ${majorUnits(leg.amountMinor, leg.currency)} ${leg.currency}\n`;
}

/**
 * Components begin with a capital or a digit and hold letters, digits and dashes. An account of Beancount may hold
 * several currencies; ours hold one each, so the currency is the last component.
 */
function nameOf(account: Pick<JournalLeg, 'owner' | 'kind' | 'normal' | 'currency'>): string {
  const kind = account.kind.split(':').map((part) => component(capital(part)));
  return [ROOTS[classOf(account)], ...kind, `O${component(account.owner)}`, account.currency].join(':');
}

/** Reversible: an underscore becomes a dash, everything else that is not allowed its code, after `-u`. */
function component(text: string): string {
  return text.replaceAll(/_(?!u)|[^A-Za-z0-9]/g, (character) =>
    character === '_' ? '-' : `-u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function quoted(text: string): string {
  return JSON.stringify(text.replaceAll(/[\r\n\t]/g, ' ').slice(0, 500));
}

function dayAfter(date: string): string {
  return new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);
}
