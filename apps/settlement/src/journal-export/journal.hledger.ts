import {
  classOf,
  commoditySamples,
  majorUnits,
  type AccountClass,
  type JournalAccount,
  type JournalLeg,
  type JournalTransaction,
  type JournalWriter,
} from './journal.js';

const TYPES: Readonly<Record<AccountClass, string>> = {
  assets: 'A',
  liabilities: 'L',
  revenues: 'R',
  expenses: 'X',
  equity: 'E',
};

/** Writes hledger's journal format (hledger.org, "hledger journal"); reads in ledger too but for the account types. */
export const hledgerWriter: JournalWriter = {
  head: () =>
    ['; Journal of the Hetao Exchange', ...commoditySamples().map(commodity), 'decimal-mark .', ''].join('\n') + '\n',
  account: (account) => `account ${nameOf(account)}  ; type: ${TYPES[classOf(account)]}\n`,
  transaction: (transaction) => `\n${heading(transaction)}${transaction.legs.map(posting).join('')}`,
  // A posting in brackets needs no counterpart; it moves nothing and asserts.
  balance: (account, lastDate) =>
    `\n${lastDate} * balance of the ledger\n    (${nameOf(account)})  ${amount(0n, account)} = ${amount(account.balanceMinor, account)}\n`,
};

function commodity({ currency, digits }: { readonly currency: string; readonly digits: number }): string {
  return `commodity 1000.${'0'.repeat(digits)} ${currency}`;
}

function heading(transaction: JournalTransaction): string {
  const { date, transactionId, movement, referenceKind, referenceId, period, recordedAt } = transaction;
  const tags = `reference: ${referenceKind} ${plain(referenceId)}, period: ${period ?? 'none'}, recorded: ${recordedAt.toISOString()}`;
  return `${date} * (${transactionId}) ${plain(movement)}  ; ${tags}\n`;
}

function posting(leg: JournalLeg): string {
  return `    ${nameOf(leg)}  ${amount(leg.amountMinor, leg)}\n`;
}

function amount(amountMinor: bigint, { currency }: Pick<JournalAccount, 'currency'>): string {
  return `${majorUnits(amountMinor, currency)} ${currency}`;
}

/** `liabilities:payable:merchant:par_…`. An owner is one component, whatever it holds: two owners never share a name. */
function nameOf(account: Pick<JournalLeg, 'owner' | 'kind' | 'normal'>): string {
  const owner = account.owner.replaceAll(/[^A-Za-z0-9_.@+-]/g, (character) =>
    character === ':' ? '/' : `%${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return `${classOf(account)}:${account.kind}:${owner}`;
}

/** A line break or a semicolon would end what it stands in. */
function plain(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}_.:/@+-]/gu, ' ').slice(0, 200);
}
