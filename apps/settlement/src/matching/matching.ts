import { formatMoney, isCurrency, money } from '@hetao/kernel';

/** The rule lines are matched by, stored with every match. */
export const matchingRule = 'matching-2';

/** What a bank line can settle. */
export const itemKinds = ['invoice', 'payout', 'refund'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** A claim the exchange waits for on its bank account. Amounts are minor units. */
export interface OpenItem {
  readonly kind: ItemKind;
  readonly id: string;
  /** How people call it: the invoice number, the payout's id. */
  readonly name: string;
  /** Settlement period whose books it belongs to; a refund is in none. */
  readonly period: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** False once it was paid. */
  readonly open: boolean;
  /** Accounts and names its payer or payee is known by, as {@link partyKeys} writes them. */
  readonly parties?: readonly string[];
}

/** What matching needs to see of a statement line. */
export interface MatchableLine {
  readonly lineId: string;
  readonly side: 'credit' | 'debit';
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reversal: boolean;
  readonly endToEndId: string | null;
  readonly remittance: string;
  /** Who sent or got the money, as {@link partyKeys} writes it. */
  readonly parties?: readonly string[];
}

/** Why a line is left to a person. */
export const exceptionReasons = [
  'NO_REFERENCE',
  'UNKNOWN_REFERENCE',
  'AMBIGUOUS_REFERENCE',
  'UNDERPAID',
  'OVERPAID',
  'WRONG_CURRENCY',
  'CURRENCY_NOT_SETTLED',
  'ALREADY_PAID',
  'REVERSAL',
  'RETURNED',
  'UNMATCHED',
] as const;
export type ExceptionReason = (typeof exceptionReasons)[number];

/** What a line turned out to be. A match is certain or it is none: nothing is ever guessed. */
export type Verdict =
  | { readonly kind: 'match'; readonly item: OpenItem; readonly foundBy: 'end_to_end_id' | 'remittance' }
  | {
      readonly kind: 'exception';
      readonly reason: ExceptionReason;
      readonly detail: string;
      readonly item: OpenItem | null;
    };

/** The references of ours that a line names, in canonical form. */
export interface LineReferences {
  readonly endToEndId: readonly string[];
  readonly remittance: readonly string[];
}

// Banks change case, and put blanks, dashes or nothing where we had a separator; the digits and letters stay.
const INVOICE_NUMBER = /HX[^A-Z0-9]{0,3}(\d{4})[^A-Z0-9]{0,3}(\d{6,9})(?![0-9])/gi;
const ITEM_ID = /(?<![A-Z0-9])(INV|PAY|RFD)[^A-Z0-9]?([0-7][0-9A-HJKMNP-TV-Z]{25})(?![A-Z0-9])/gi;

/** Every invoice number, invoice id and payout id in a text, in the form we keep them, each once. */
export function referencesIn(text: string): readonly string[] {
  const numbers = [...text.matchAll(INVOICE_NUMBER)].map(([, year = '', no = '']) => `HX-${year}-${no}`);
  const ids = [...text.matchAll(ITEM_ID)].map(([, kind = '', body = '']) => `${kind}_${body}`.toLowerCase());
  return [...new Set([...numbers, ...ids])];
}

/** How a party is recognised: its account without blanks and dashes, in capitals; its name in one case. */
export function partyKeys(account: string | null | undefined, name: string | null | undefined): readonly string[] {
  const number = account?.replaceAll(/[\s-]/g, '').toUpperCase() ?? '';
  const called = name?.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase() ?? '';
  return [...(number === '' ? [] : [`account ${number}`]), ...(called === '' ? [] : [`name ${called}`])];
}

/** The references a line names: what the payer's bank carries through, and what the payer wrote. */
export function referencesOf(line: MatchableLine): LineReferences {
  return { endToEndId: referencesIn(line.endToEndId ?? ''), remittance: referencesIn(line.remittance) };
}

/**
 * Decides lines in the bank's order. Items are found by reference only, and matched only when amount and currency are
 * exactly theirs; the first line that settles an item takes it, a second one is an exception.
 *
 * @param items everything the lines' references name, by reference; an invoice stands under its number and its id.
 * @param before ids of items that others took.
 */
export function matchLines(
  lines: readonly MatchableLine[],
  items: ReadonlyMap<string, OpenItem>,
  before: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Verdict> {
  const taken = new Set<string>(before);
  return new Map(
    lines.map((line) => {
      const verdict = matchLine(line, items, taken);
      if (verdict.kind === 'match') taken.add(verdict.item.id);
      return [line.lineId, verdict];
    }),
  );
}

function matchLine(line: MatchableLine, items: ReadonlyMap<string, OpenItem>, taken: ReadonlySet<string>): Verdict {
  const references = referencesOf(line);
  const named = [...references.endToEndId, ...references.remittance];
  const wanted: readonly ItemKind[] = line.side === 'credit' ? ['invoice'] : ['payout', 'refund'];
  const found = new Map(
    named.flatMap((reference) => {
      const item = items.get(reference);
      return item !== undefined && wanted.includes(item.kind) ? [[item.id, item] as const] : [];
    }),
  );
  const [item, ...others] = [...found.values()];
  const context = { line, item: item ?? null };
  if (!isCurrency(line.currency)) {
    return exception(context, 'CURRENCY_NOT_SETTLED', `the exchange does not settle in ${line.currency}`);
  }
  if (line.reversal) return exception(context, 'REVERSAL', 'the bank took an earlier booking back');
  if (named.length === 0) {
    return exception(context, 'NO_REFERENCE', `neither EndToEndId nor remittance text names ${article(line.side)}`);
  }
  if (item === undefined) {
    return exception(context, 'UNKNOWN_REFERENCE', `${named.join(', ')} is not ${article(line.side)} of ours`);
  }
  if (others.length > 0) {
    const names = [item, ...others].map(({ name }) => name).join(', ');
    return exception({ line, item: null }, 'AMBIGUOUS_REFERENCE', `it names ${names}: which of them is meant?`);
  }
  const fault = amountFault(line, item, taken);
  if (fault !== undefined) return exception(context, ...fault);
  const byId = references.endToEndId.some((reference) => items.get(reference)?.id === item.id);
  return { kind: 'match', item, foundBy: byId ? 'end_to_end_id' : 'remittance' };
}

function amountFault(
  line: MatchableLine,
  item: OpenItem,
  taken: ReadonlySet<string>,
): [ExceptionReason, string] | undefined {
  if (line.currency !== item.currency) {
    return ['WRONG_CURRENCY', `${item.name} is in ${item.currency}, the bank line in ${line.currency}`];
  }
  if (!item.open || taken.has(item.id)) return ['ALREADY_PAID', `${item.name} was paid before`];
  const difference = line.amountMinor - item.amountMinor;
  if (difference === 0n) return undefined;
  const due = `${item.name} is ${shown(item.amountMinor, item.currency)}, the bank line ${shown(line.amountMinor, line.currency)}`;
  return difference < 0n ? ['UNDERPAID', due] : ['OVERPAID', due];
}

function exception(
  { line, item }: { readonly line: MatchableLine; readonly item: OpenItem | null },
  reason: ExceptionReason,
  why: string,
): Verdict {
  const what = line.side === 'credit' ? 'Money in' : 'Money out';
  return { kind: 'exception', reason, detail: `${what}, ${shown(line.amountMinor, line.currency)}: ${why}.`, item };
}

function article(side: MatchableLine['side']): string {
  return side === 'credit' ? 'an invoice' : 'a payout';
}

function shown(amountMinor: bigint, currency: string): string {
  return isCurrency(currency)
    ? `${currency} ${formatMoney(money(amountMinor, currency))}`
    : `${amountMinor} minor units of ${currency}`;
}
