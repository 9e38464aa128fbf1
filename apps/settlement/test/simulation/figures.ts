import type { AccountKey } from '../../src/ledger/ledger.js';

/** Figures a bookkeeper could keep on paper, by name, owner and currency. None of them knows of debit and credit. */
export class Figures {
  readonly #sums = new Map<string, bigint>();

  add(name: string, owner: string, currency: string, amountMinor: bigint): void {
    const key = `${name} ${owner} ${currency}`;
    this.#sums.set(key, (this.#sums.get(key) ?? 0n) + amountMinor);
  }

  get(name: string, owner: string, currency: string): bigint {
    return this.#sums.get(`${name} ${owner} ${currency}`) ?? 0n;
  }

  /** What is not zero, sorted. */
  standing(): ReadonlyMap<string, bigint> {
    return new Map([...this.#sums].filter(([, sum]) => sum !== 0n).sort(([one], [other]) => (one < other ? -1 : 1)));
  }
}

/** Reads the same figures off the balances of a ledger. Balances are signed, debits positive. */
export function figuresOf(balances: Iterable<readonly [AccountKey, bigint]>): ReadonlyMap<string, bigint> {
  const figures = new Figures();
  for (const [account, balanceMinor] of balances) {
    const [name, owner, sign] = figureOf(account);
    figures.add(name, owner, account.currency, sign * balanceMinor);
  }
  return figures.standing();
}

function figureOf({ kind, owner }: AccountKey): readonly [string, string, bigint] {
  switch (kind) {
    case 'bank':
      return ['at the bank', 'exchange', 1n];
    case 'receivable:buyer':
      return ['owed by buyer', owner, 1n];
    case 'payable:buyer':
      return ['owed to buyer', owner, -1n];
    case 'clearing:bank_in':
      return ['arrived, not placed', 'exchange', -1n];
    case 'clearing:bank_out':
      return ['on its way out', 'exchange', -1n];
    case 'clearing:invoiced':
      return ['invoiced, not paid', 'exchange', -1n];
    case 'trading':
      return ['sold less bought', 'exchange', -1n];
    case 'fx:realised':
    case 'fx:unrealised':
      return ['gained on rates', 'exchange', -1n];
    case 'expense:bank_fees':
    case 'expense:rounding':
    case 'expense:write_off':
      return ['given up', 'exchange', 1n];
    case 'receivable:party':
      return ['owed back by', owner, 1n];
    default:
      // Payables, what waits of them, fee, tax, withholding.
      return ['held for', owner, -1n];
  }
}
