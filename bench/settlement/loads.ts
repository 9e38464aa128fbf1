import { randomInt } from 'node:crypto';
import { newId } from '@hetao/kernel';
import { credit, debit, type Leg, type Posting } from '@hetao/settlement/ledger';

/** What is posted: which accounts, how many legs. */
export interface Load {
  readonly name: string;
  readonly conditions: string;
  readonly legs: number;
  readonly posting: () => Posting;
}

const ACCOUNTS = 1_000;
const currency = 'CNY' as const;

/** The loads of one run: their accounts are their own, so that the books of each can be looked at by themselves. */
export const loads: readonly Load[] = [
  transfers('uniform', `${ACCOUNTS} accounts on either side`, () => randomInt(ACCOUNTS)),
  transfers('zipf 1.0', `${ACCOUNTS} accounts on either side, zipf 1.0`, zipf(ACCOUNTS)),
  transfers('one hot account', 'every transfer between the same two accounts', () => 0),
  {
    name: '4-leg splits',
    conditions: `${ACCOUNTS} merchants, zipf 1.0; fee and tax accounts in every split; limits checked`,
    legs: 4,
    posting: splits(zipf(ACCOUNTS)),
  },
];

function transfers(name: string, conditions: string, account: () => number): Load {
  const posting = (): Posting => ({
    ...head(name, 'bank_credit'),
    legs: [
      debit({ owner: `bank:${name}:${account()}`, kind: 'bank', currency }, 100n),
      credit({ owner: `${name}:${account()}`, kind: 'clearing:bank_in', currency }, 100n),
    ],
  });
  return { name, conditions, legs: 2, posting };
}

function splits(account: () => number): () => Posting {
  return () => {
    const legs: Leg[] = [
      debit({ owner: 'splits', kind: 'clearing:invoiced', currency }, 100n),
      credit({ owner: `splits:${account()}`, kind: 'payable:merchant', currency }, 90n),
      credit({ owner: 'splits', kind: 'revenue:exchange_fee', currency }, 4n),
      credit({ owner: 'splits', kind: 'tax_payable', currency }, 6n),
    ];
    return { ...head('4-leg splits', 'invoice_paid'), legs };
  };
}

/** Each with a key and a cause of its own, as real ones have. */
function head<M extends Posting['movement']>(load: string, movement: M) {
  return {
    idempotencyKey: newId('key'),
    movement,
    effectiveAt: new Date(),
    period: null,
    reference: { kind: load, id: newId('ref') },
  };
}

function zipf(size: number): () => number {
  const weights = Array.from({ length: size }, (_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const bounds: number[] = [];
  let sum = 0;
  for (const weight of weights) bounds.push((sum += weight / total));
  return () => {
    const at = randomInt(2 ** 32) / 2 ** 32;
    return Math.max(
      0,
      bounds.findIndex((bound) => at < bound),
    );
  };
}
