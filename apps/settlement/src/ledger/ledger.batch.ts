import { createHash } from 'node:crypto';
import { newId } from '@hetao/kernel';
import { accountId, movementRules, postingPayload, signedMinor, type AccountKey, type Posting } from './ledger.js';

/** A batch as the columns that `ledger_post` takes: legs name their transaction and account by position, from 1. */
export interface PostingBatch {
  readonly transactions: readonly { readonly key: string; readonly id: string }[];
  /** Arguments of `ledger_post` after the time of recording, in order. */
  readonly parameters: readonly unknown[];
  readonly accounts: AccountColumns;
}

/** Accounts as the columns that `ledger_lock` takes. */
export interface AccountColumns {
  readonly ids: readonly string[];
  readonly owners: readonly string[];
  readonly kinds: readonly string[];
  readonly currencies: readonly string[];
}

/** Every account of the postings, once. */
export function accountsOf(postings: readonly Posting[]): AccountColumns {
  return new AccountList(postings).columns();
}

/** Turns postings into columns: one round trip carries them, and nothing in it is parsed twice. */
export function batchOf(postings: readonly Posting[]): PostingBatch {
  const list = new AccountList(postings);
  const legs = { transactions: [] as number[], nos: [] as number[], accounts: [] as number[], amounts: [] as string[] };
  const transactions = postings.map((posting, index) => {
    posting.legs.forEach((leg, no) => {
      legs.transactions.push(index + 1);
      legs.nos.push(no);
      legs.accounts.push(list.position(leg.account));
      legs.amounts.push(signedMinor(leg).toString());
    });
    return { key: posting.idempotencyKey, id: posting.transactionId ?? newId('txn') };
  });
  const accounts = list.columns();
  return {
    transactions,
    accounts,
    parameters: [
      movementRules,
      transactions.map(({ id }) => id),
      transactions.map(({ key }) => key),
      `{${postings.map((posting) => createHash('sha256').update(postingPayload(posting)).digest('hex')).join(',')}}`,
      `{${postings.map(({ movement }) => movement).join(',')}}`,
      postings.map(({ period }) => period),
      postings.map(({ reference }) => reference.kind),
      postings.map(({ reference }) => reference.id),
      `{${postings.map(({ effectiveAt }) => `"${effectiveAt.toISOString()}"`).join(',')}}`,
      `{${postings.map((posting) => posting.legs.length).join(',')}}`,
      accounts.ids,
      accounts.owners,
      accounts.kinds,
      accounts.currencies,
      // Numbers by hand: the driver would quote and escape each of them.
      ...[legs.transactions, legs.nos, legs.accounts, legs.amounts].map((column) => `{${column.join(',')}}`),
    ],
  };
}

/** An account's id is what it is, for ever: hashing it anew in every batch would cost more than all the rest here. */
const knownIds = new Map<string, string>();
const MAX_KNOWN = 100_000;

function knownIdOf(account: AccountKey): string {
  const name = nameOf(account);
  const known = knownIds.get(name);
  if (known !== undefined) return known;
  const id = accountId(account);
  if (knownIds.size >= MAX_KNOWN) knownIds.clear();
  knownIds.set(name, id);
  return id;
}

class AccountList {
  readonly #positions = new Map<string, number>();
  readonly #accounts: AccountKey[] = [];

  constructor(postings: readonly Posting[]) {
    for (const posting of postings) for (const { account } of posting.legs) this.#add(account);
  }

  position(account: AccountKey): number {
    return this.#positions.get(nameOf(account)) ?? 0;
  }

  columns(): AccountColumns {
    return {
      ids: this.#accounts.map(knownIdOf),
      owners: this.#accounts.map(({ owner }) => owner),
      kinds: this.#accounts.map(({ kind }) => kind),
      currencies: this.#accounts.map(({ currency }) => currency),
    };
  }

  #add(account: AccountKey): void {
    const name = nameOf(account);
    if (this.#positions.has(name)) return;
    this.#accounts.push(account);
    this.#positions.set(name, this.#accounts.length);
  }
}

/** Kinds and currencies have no blanks, so an owner may have what it likes. */
function nameOf({ owner, kind, currency }: AccountKey): string {
  return `${kind} ${currency} ${owner}`;
}
