import type { Currency } from '@hetao/kernel';

/** Who got what of the money of a period, in minor units. */
export interface Division {
  readonly merchant: bigint;
  readonly channel: bigint;
  readonly fee: bigint;
  readonly tax: bigint;
}

/** An amount before tax and the tax on it, in minor units. */
export interface Taxed {
  readonly net: bigint;
  readonly tax: bigint;
}

/** The figures of a period in one currency, each from a source of its own. */
export interface CurrencyFigures {
  readonly currency: Currency;
  /** Usage as metering told it, rated again now. */
  readonly usage: Taxed;
  /** The charges as they were kept. */
  readonly rated: Taxed;
  /** The invoices. */
  readonly invoiced: Taxed;
  /** What credit notes took back of invoices, of this period and of earlier ones. */
  readonly credited: Taxed;
  /** What the paid invoices were divided into, less what came back. */
  readonly split: Division;
  /** Payouts the bank made, and what the ledger holds as fee and tax. */
  readonly settled: Division;
  /** Balances of the period on the clearing accounts that are not zero, debits positive. */
  readonly clearing: ReadonlyMap<string, bigint>;
}

export const terms = ['usage', 'rated', 'invoiced', 'split', 'settled'] as const;
export type Term = (typeof terms)[number];

/** Two neighbours in the equation that differ, and by how much. */
export interface Difference {
  readonly left: Term;
  readonly right: Term;
  readonly amountMinor: bigint;
}

/** The equation of a period in one currency: Σ usage = Σ rated = Σ invoiced, Σ invoiced − Σ credited = Σ split = Σ settled, clearing at zero. */
export interface Equation {
  readonly currency: Currency;
  readonly amounts: Readonly<Record<Term, bigint>>;
  readonly differences: readonly Difference[];
  readonly balanced: boolean;
}

/** Adds the terms up, tax included, and names every pair of neighbours that differs. */
export function equationOf(figures: CurrencyFigures): Equation {
  const amounts: Record<Term, bigint> = {
    usage: gross(figures.usage),
    rated: gross(figures.rated),
    invoiced: gross(figures.invoiced),
    split: divided(figures.split),
    settled: divided(figures.settled),
  };
  const differences = terms.slice(1).flatMap((right, index): Difference[] => {
    const left = terms[index];
    if (left === undefined) return [];
    const amountMinor = amounts[left] - amounts[right] - (right === 'split' ? gross(figures.credited) : 0n);
    return amountMinor === 0n ? [] : [{ left, right, amountMinor }];
  });
  const cleared = [...figures.clearing.values()].every((balance) => balance === 0n);
  return { currency: figures.currency, amounts, differences, balanced: differences.length === 0 && cleared };
}

function gross({ net, tax }: Taxed): bigint {
  return net + tax;
}

function divided({ merchant, channel, fee, tax }: Division): bigint {
  return merchant + channel + fee + tax;
}
