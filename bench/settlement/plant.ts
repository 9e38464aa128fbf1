import { createHash } from 'node:crypto';
import { deterministicId } from '@hetao/kernel';
import type { MatchableLine, OpenItem } from '@hetao/settlement/matching';

/** What was planted about a line: the items it settles, or that it settles nothing. */
export interface Planted {
  readonly lines: readonly MatchableLine[];
  readonly items: readonly OpenItem[];
  /** Line id → ids of the items it settles, joined; absent for exceptions. */
  readonly truth: ReadonlyMap<string, string>;
  readonly counts: Readonly<Record<string, number>>;
}

/** Lines of each kind in a hundred; what is left is noise. */
const MIX = { exact: 80, tolerance: 5, oneToMany: 3, manyToOne: 4.5, manyToMany: 1.5 } as const;

/**
 * Bank lines whose meaning is known, from a seed: exact, short by a bank's fee, one for three invoices, three for one,
 * two for three, and noise of every sort a bank sends. Shuffled, so that nothing follows from the order.
 */
export function plant(seed: string, size: number): Planted {
  const planter = new Planter(seed);
  const share = (percent: number): number => Math.floor((size * percent) / 100);
  const counts: Record<string, number> = {};
  const grow = (name: string, until: number, add: () => void): void => {
    const before = planter.lines.length;
    while (planter.lines.length - before < until) add();
    counts[name] = planter.lines.length - before;
  };
  grow('exact', share(MIX.exact), () => planter.exact());
  grow('tolerance', share(MIX.tolerance), () => planter.short());
  grow('one to many', share(MIX.oneToMany), () => planter.oneToMany());
  grow('many to one', share(MIX.manyToOne), () => planter.manyToOne());
  grow('many to many', share(MIX.manyToMany), () => planter.manyToMany());
  grow('noise', size - planter.lines.length, () => planter.noise());
  return { lines: planter.shuffled(), items: planter.items, truth: planter.truth, counts };
}

class Planter {
  readonly lines: MatchableLine[] = [];
  readonly items: OpenItem[] = [];
  readonly truth = new Map<string, string>();
  readonly #seed: string;
  #draws = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  exact(): void {
    const item = this.#item();
    this.#line(item.amountMinor, [item], [item]);
  }

  short(): void {
    const item = this.#item();
    this.#line(item.amountMinor - BigInt(1 + this.#below(1_500)), [item], [item]);
  }

  oneToMany(): void {
    const items = [this.#item(), this.#item(), this.#item()];
    this.#line(sum(items), items, items);
  }

  manyToOne(): void {
    const item = this.#item();
    // Far from the invoice's amount, so that none of them looks like a payment that is short by a fee.
    const third = item.amountMinor / 3n;
    for (const part of [third, third, item.amountMinor - 2n * third]) this.#line(part, [item], [item]);
  }

  manyToMany(): void {
    const [a, b, c] = [this.#item(), this.#item(), this.#item()];
    const first = a.amountMinor + b.amountMinor / 2n;
    this.#line(first, [a, b], [a, b, c]);
    this.#line(sum([a, b, c]) - first, [b, c], [a, b, c]);
  }

  /** Unknown numbers, no numbers, far too little, far too much, another currency, reversals, payments of what is paid. */
  noise(): void {
    const kind = this.#below(7);
    const item = this.#item(kind === 6 ? { open: false } : {});
    const change: Partial<MatchableLine> = kind === 4 ? { currency: 'HKD' } : kind === 5 ? { reversal: true } : {};
    const amount = kind === 2 ? item.amountMinor / 2n : kind === 3 ? item.amountMinor * 2n : item.amountMinor;
    if (kind === 0) this.#push({ amountMinor: amount, remittance: 'HX-2099-999999 thanks' });
    else if (kind === 1) this.#push({ amountMinor: amount, remittance: 'payment' });
    else this.#push({ amountMinor: amount, remittance: `for ${item.name}`, ...change });
  }

  shuffled(): readonly MatchableLine[] {
    const order = [...this.lines];
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = this.#below(at + 1);
      const [one, two] = [order[at], order[other]];
      if (one !== undefined && two !== undefined) [order[at], order[other]] = [two, one];
    }
    return order;
  }

  #item(change: Partial<OpenItem> = {}): OpenItem {
    const no = this.items.length + 1;
    const item: OpenItem = {
      kind: 'invoice',
      id: deterministicId('inv', this.#seed, String(no)),
      name: `HX-2015-${String(no).padStart(6, '0')}`,
      period: '2015-05',
      // Above 300.00, so that a third of it is never within a fee of the whole.
      amountMinor: BigInt(30_000 + this.#below(100_000_000)),
      currency: 'CNY',
      open: true,
      ...change,
    };
    this.items.push(item);
    return item;
  }

  #line(amountMinor: bigint, named: readonly OpenItem[], settles: readonly OpenItem[]): void {
    const remittance = `invoice ${named.map(({ name }) => name).join(', ')}`;
    const lineId = this.#push({ amountMinor, remittance });
    this.truth.set(lineId, idsOf(settles));
  }

  #push(line: Pick<MatchableLine, 'amountMinor' | 'remittance'> & Partial<MatchableLine>): string {
    const lineId = deterministicId('bsl', this.#seed, String(this.lines.length + 1));
    this.lines.push({ lineId, side: 'credit', currency: 'CNY', reversal: false, endToEndId: null, ...line });
    return lineId;
  }

  /** A number below the bound that follows from the seed alone. */
  #below(bound: number): number {
    this.#draws += 1;
    const hash = createHash('sha256').update(`${this.#seed} ${this.#draws}`).digest();
    return hash.readUIntBE(0, 6) % bound;
  }
}

/** The ids of items as one text, whatever their order. */
export function idsOf(items: readonly { readonly id: string }[]): string {
  return items
    .map(({ id }) => id)
    .sort()
    .join(' ');
}

function sum(items: readonly OpenItem[]): bigint {
  return items.reduce((total, { amountMinor }) => total + amountMinor, 0n);
}
