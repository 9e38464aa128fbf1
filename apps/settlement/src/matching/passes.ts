import { isCurrency } from '@hetao/kernel';
import {
  matchLines,
  referencesOf,
  type ItemKind,
  type MatchableLine,
  type OpenItem,
  type Verdict,
} from './matching.js';
import { clustersOf } from './clusters.js';
import { subsetsWithSum, type SubsetBounds } from './subset-sum.js';
import { suggest, type Suggestion } from './suggestions.js';

/** The passes in their order: what is certain first, so that it is not taken by what is less so. */
export const passes = ['exact', 'tolerance', 'one_to_many', 'many_to_one', 'many_to_many', 'manual'] as const;
export type Pass = (typeof passes)[number];

/** What may be matched without a person. Versioned: a match names the version it was found by. */
export interface MatchingRules {
  readonly version: string;
  /** Per currency, the most a payment may fall short for the bank's fee, in minor units. */
  readonly bankFeeMinor: Readonly<Record<string, bigint>>;
  /** Per currency, the most it may differ either way for rounding, in minor units. */
  readonly roundingMinor: Readonly<Record<string, bigint>>;
}

/** Nothing but exact amounts. */
export const strictRules: MatchingRules = { version: 'matching-2', bankFeeMinor: {}, roundingMinor: {} };

/** The account a match's difference is posted to. */
export type DifferenceKind = 'bank_fee' | 'rounding';

/** Lines and items that settle each other. */
export interface MatchGroup<L extends MatchableLine = MatchableLine> {
  readonly pass: Pass;
  readonly lines: readonly L[];
  readonly items: readonly OpenItem[];
  /** Σ items − Σ lines, minor units: above zero the bank paid us less than was due. */
  readonly differenceMinor: bigint;
  readonly differenceKind: DifferenceKind | null;
  /** The key the lines name the items by. */
  readonly foundBy: 'end_to_end_id' | 'remittance';
}

/** What became of some lines: every line is in exactly one group or has a verdict. */
export interface Reconciliation<L extends MatchableLine = MatchableLine> {
  readonly groups: readonly MatchGroup<L>[];
  readonly exceptions: ReadonlyMap<string, Extract<Verdict, { kind: 'exception' }>>;
  readonly suggestions: readonly Suggestion[];
}

export interface ReconciliationInput<L extends MatchableLine> {
  /** In the bank's order. */
  readonly lines: readonly L[];
  /** Everything the lines' references name, by reference. */
  readonly named: ReadonlyMap<string, OpenItem>;
  /** Open items that lines may mean without naming them; they lead to suggestions, never to matches. */
  readonly pool: readonly OpenItem[];
  readonly rules: MatchingRules;
}

const BOUNDS: SubsetBounds = { maxParts: 24, maxSize: 12, maxSteps: 50_000 };

/** A line with the free items it names. */
interface Named<L extends MatchableLine> {
  readonly line: L;
  readonly items: readonly OpenItem[];
  readonly byId: boolean;
}

/**
 * Tells lines apart in passes: exact, within tolerance, one line for many items, many lines for one, many for many. A
 * group is made only of what its lines name, and only when it is the only way to make the amounts meet; everything else
 * becomes a suggestion or an exception. The result depends on the input alone.
 */
export function reconcile<L extends MatchableLine>(input: ReconciliationInput<L>): Reconciliation<L> {
  const work = new Work(input);
  work.exact();
  work.tolerance();
  work.oneToMany();
  work.manyToOne();
  work.manyToMany();
  return work.result();
}

class Work<L extends MatchableLine> {
  readonly #input: ReconciliationInput<L>;
  readonly #taken = new Set<string>();
  readonly #groups: MatchGroup<L>[] = [];
  #waiting: readonly Named<L>[];

  constructor(input: ReconciliationInput<L>) {
    this.#input = input;
    this.#waiting = input.lines.flatMap((line) => namedBy(line, input.named));
  }

  exact(): void {
    this.#each((one) => {
      const [item, ...others] = one.items;
      if (item === undefined || others.length > 0 || item.amountMinor !== one.line.amountMinor) return false;
      return this.#take('exact', [one], [item]);
    });
  }

  tolerance(): void {
    this.#each((one) => {
      const [item, ...others] = one.items;
      if (item === undefined || others.length > 0) return false;
      const kind = differenceKind(item.amountMinor - one.line.amountMinor, one.line, this.#input.rules);
      return kind !== null && this.#take('tolerance', [one], [item], kind);
    });
  }

  /** All the items it names, or the only choice among them that meets its amount. */
  oneToMany(): void {
    this.#each((one) => {
      if (one.items.length < 2) return false;
      const chosen = onlySubset(one.items, one.line.amountMinor);
      return chosen !== null && this.#take('one_to_many', [one], chosen);
    });
  }

  /** Instalments: lines that name one and the same item and together pay it. */
  manyToOne(): void {
    const byItem = Map.groupBy(
      this.#waiting.filter(({ items }) => items.length === 1),
      ({ items }) => items[0],
    );
    for (const [item, lines] of byItem) {
      if (item === undefined || lines.length < 2 || this.#taken.has(item.id)) continue;
      const chosen = onlySubsetOf(lines, ({ line }) => line.amountMinor, item.amountMinor);
      if (chosen !== null) this.#take('many_to_one', chosen, [item]);
    }
    this.#forgetTaken();
  }

  /** Lines and items that hang together by what the lines name: matched when the lines pay one choice of the items. */
  manyToMany(): void {
    for (const { lines, items } of clustersOf(this.#waiting)) {
      if (lines.length < 2 || items.length < 2) continue;
      const sum = lines.reduce((total, { line }) => total + line.amountMinor, 0n);
      const chosen = onlySubset(items, sum);
      // Every line has to pay something it names, or it is in the wrong company.
      const agrees = chosen !== null && lines.every((one) => one.items.some((item) => chosen.includes(item)));
      if (agrees) this.#take('many_to_many', lines, chosen);
    }
    this.#forgetTaken();
  }

  result(): Reconciliation<L> {
    const matched = new Set(this.#groups.flatMap(({ lines }) => lines.map(({ lineId }) => lineId)));
    const rest = this.#input.lines.filter(({ lineId }) => !matched.has(lineId));
    const verdicts = matchLines(rest, this.#input.named, this.#taken);
    const exceptions = new Map(
      [...verdicts].flatMap(([id, verdict]) => (verdict.kind === 'exception' ? [[id, verdict] as const] : [])),
    );
    const free = this.#input.pool.filter((item) => item.open && !this.#taken.has(item.id));
    return { groups: this.#groups, exceptions, suggestions: suggest(rest, this.#input.named, free) };
  }

  #each(attempt: (one: Named<L>) => boolean): void {
    // Whoever names something that is taken by now waits for a person: which of its items did it mean?
    this.#waiting = this.#waiting.filter((one) => this.#isFree(one) && !attempt(one));
  }

  #forgetTaken(): void {
    const matched = new Set(this.#groups.flatMap(({ lines }) => lines.map(({ lineId }) => lineId)));
    this.#waiting = this.#waiting.filter((one) => !matched.has(one.line.lineId) && this.#isFree(one));
  }

  #isFree({ items }: Named<L>): boolean {
    return items.every(({ id }) => !this.#taken.has(id));
  }

  #take(pass: Pass, named: readonly Named<L>[], items: readonly OpenItem[], kind: DifferenceKind | null = null): true {
    for (const { id } of items) this.#taken.add(id);
    const lines = named.map(({ line }) => line);
    const differenceMinor = sumOf(items) - sumOf(lines);
    const foundBy = named.every(({ byId }) => byId) ? 'end_to_end_id' : 'remittance';
    this.#groups.push({ pass, lines, items, differenceMinor, differenceKind: kind, foundBy });
    return true;
  }
}

/** The items a line may settle: named, open, of its side and currency. A line that names something else as well waits for a person. */
function namedBy<L extends MatchableLine>(line: L, named: ReadonlyMap<string, OpenItem>): readonly Named<L>[] {
  if (line.reversal || !isCurrency(line.currency)) return [];
  const { endToEndId, remittance } = referencesOf(line);
  const items = new Map<string, OpenItem>();
  for (const reference of [...endToEndId, ...remittance]) {
    const item = named.get(reference);
    if (item !== undefined && wantedKinds(line).includes(item.kind)) items.set(item.id, item);
  }
  const payable = [...items.values()];
  if (payable.length === 0 || payable.some((item) => !item.open || item.currency !== line.currency)) return [];
  const ids = endToEndId.map((reference) => named.get(reference)?.id);
  return [{ line, items: payable, byId: payable.every(({ id }) => ids.includes(id)) }];
}

/** Money in pays invoices; money out is a payout or a refund. What the bank sends back is told apart elsewhere. */
export function wantedKinds({ side }: Pick<MatchableLine, 'side'>): readonly ItemKind[] {
  return side === 'credit' ? ['invoice'] : ['payout', 'refund'];
}

function differenceKind(shortMinor: bigint, line: MatchableLine, rules: MatchingRules): DifferenceKind | null {
  const rounding = rules.roundingMinor[line.currency] ?? 0n;
  if (shortMinor !== 0n && shortMinor <= rounding && -shortMinor <= rounding) return 'rounding';
  const fee = rules.bankFeeMinor[line.currency] ?? 0n;
  // A fee makes money in smaller and money out larger.
  const feeMinor = line.side === 'credit' ? shortMinor : -shortMinor;
  return feeMinor > 0n && feeMinor <= fee ? 'bank_fee' : null;
}

function onlySubset(items: readonly OpenItem[], sum: bigint): readonly OpenItem[] | null {
  return onlySubsetOf(items, ({ amountMinor }) => amountMinor, sum);
}

/** The one choice that adds up to the sum; null when there is none, more than one, or too much to look at. */
function onlySubsetOf<T>(parts: readonly T[], amountOf: (part: T) => bigint, sum: bigint): readonly T[] | null {
  const { found, complete } = subsetsWithSum(parts.map(amountOf), sum, BOUNDS);
  const [only, ...others] = found;
  if (!complete || only === undefined || others.length > 0) return null;
  const chosen = new Set(only);
  return parts.filter((_, index) => chosen.has(index));
}

function sumOf(parts: readonly { readonly amountMinor: bigint }[]): bigint {
  return parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
