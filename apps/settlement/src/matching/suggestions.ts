import { isCurrency } from '@hetao/kernel';
import { referencesOf, type MatchableLine, type OpenItem } from './matching.js';
import { subsetsWithSum, type SubsetBounds } from './subset-sum.js';

/** What speaks for a suggestion: the payer, the amount, or the reference the line names. */
export const suggestionGrounds = [
  'PAYER_ONE_CHOICE',
  'PAYER_SEVERAL_CHOICES',
  'AMOUNT_ALONE',
  'AMOUNT_SHARED',
  'NAMED_AMOUNT_DIFFERS',
] as const;
export type SuggestionGround = (typeof suggestionGrounds)[number];

/** What a line may mean, for a person to confirm. Nothing is ever matched by it alone. */
export interface Suggestion {
  readonly lineId: string;
  readonly itemIds: readonly string[];
  /** 1 to 99: how much speaks for it. */
  readonly score: number;
  readonly ground: SuggestionGround;
  readonly reason: string;
}

const MAX_A_LINE = 3;
/** Items of the same amount say nothing when there are too many of them. */
const MAX_SAME_AMOUNT = 20;
const BOUNDS: SubsetBounds = { maxParts: 20, maxSize: 6, maxSteps: 5_000 };

/**
 * What unmatched lines may mean: items of the payer that add up to the amount, or items of exactly this amount. Each with
 * its reason and a score; the best three a line.
 */
export function suggest(
  lines: readonly MatchableLine[],
  named: ReadonlyMap<string, OpenItem>,
  free: readonly OpenItem[],
): readonly Suggestion[] {
  const byAmount = Map.groupBy(free, amountKey);
  const byParty = new Map<string, OpenItem[]>();
  for (const item of free) {
    for (const party of new Set(item.parties))
      byParty.set(partyKey(party, item), [...(byParty.get(partyKey(party, item)) ?? []), item]);
  }
  return lines.flatMap((line) => {
    if (line.reversal || !isCurrency(line.currency) || line.amountMinor <= 0n) return [];
    const found = [...ofParty(line, byParty), ...ofAmount(line, byAmount), ...ofNamed(line, named, free)];
    const best = new Map<string, Suggestion>();
    for (const one of found.sort((a, b) => b.score - a.score)) {
      const key = [...one.itemIds].sort().join(' ');
      if (!best.has(key)) best.set(key, one);
    }
    return [...best.values()].slice(0, MAX_A_LINE);
  });
}

function ofParty(line: MatchableLine, byParty: ReadonlyMap<string, readonly OpenItem[]>): readonly Suggestion[] {
  return (line.parties ?? []).flatMap((party) => {
    const items = (byParty.get(partyKey(party, line)) ?? []).filter((item) => sideOf(item) === line.side);
    const { found } = subsetsWithSum(
      items.map(({ amountMinor }) => amountMinor),
      line.amountMinor,
      BOUNDS,
    );
    return found.map((indexes) => {
      const chosen = indexes.flatMap((index) => items[index] ?? []);
      const names = chosen.map(({ name }) => name).join(', ');
      const alone = found.length === 1;
      return {
        lineId: line.lineId,
        itemIds: chosen.map(({ id }) => id),
        score: alone ? 90 : 55,
        ground: alone ? ('PAYER_ONE_CHOICE' as const) : ('PAYER_SEVERAL_CHOICES' as const),
        reason: alone
          ? `The payer's open items have one choice with this sum: ${names}.`
          : `One of several choices of the payer's open items with this sum: ${names}.`,
      };
    });
  });
}

function ofAmount(line: MatchableLine, byAmount: ReadonlyMap<string, readonly OpenItem[]>): readonly Suggestion[] {
  const same = (byAmount.get(amountKey(line)) ?? []).filter((item) => sideOf(item) === line.side);
  if (same.length === 0 || same.length > MAX_SAME_AMOUNT) return [];
  return same.slice(0, MAX_A_LINE).map(({ id, name }) => ({
    lineId: line.lineId,
    itemIds: [id],
    ground: same.length === 1 ? ('AMOUNT_ALONE' as const) : ('AMOUNT_SHARED' as const),
    score: same.length === 1 ? 60 : Math.max(5, Math.floor(40 / same.length)),
    reason: same.length === 1 ? `${name} alone has this amount.` : `${name} is one of ${same.length} with this amount.`,
  }));
}

/** The payment named it but differs: most likely a part payment, or one too many. */
function ofNamed(
  line: MatchableLine,
  named: ReadonlyMap<string, OpenItem>,
  free: readonly OpenItem[],
): readonly Suggestion[] {
  const { endToEndId, remittance } = referencesOf(line);
  const ids = new Set([...endToEndId, ...remittance].flatMap((reference) => named.get(reference)?.id ?? []));
  const chosen = free.filter(
    (item) => ids.has(item.id) && item.currency === line.currency && sideOf(item) === line.side,
  );
  if (chosen.length === 0) return [];
  const names = chosen.map(({ name }) => name).join(', ');
  const reason = `It names ${names}, but the amounts differ.`;
  const itemIds = chosen.map(({ id }) => id);
  return [{ lineId: line.lineId, itemIds, score: 50, ground: 'NAMED_AMOUNT_DIFFERS', reason }];
}

function sideOf({ kind }: OpenItem): MatchableLine['side'] {
  return kind === 'invoice' ? 'credit' : 'debit';
}

function amountKey({ amountMinor, currency }: Pick<OpenItem, 'amountMinor' | 'currency'>): string {
  return `${currency} ${amountMinor}`;
}

function partyKey(party: string, { currency }: Pick<OpenItem, 'currency'>): string {
  return `${currency} ${party}`;
}
