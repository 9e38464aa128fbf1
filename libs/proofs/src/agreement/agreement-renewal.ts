import { documentHash } from '../hash.js';
import type { SignedDocument } from './agreement-signature.js';

interface Terms {
  readonly effective_from?: unknown;
  readonly effective_until?: unknown;
}
interface Renewal {
  readonly months: number;
  readonly times: number;
}

/** Members a renewal says anew: which text it is, for how long it runs, and how often it can be renewed again. */
const ANEW = ['agreement_id', 'terms', 'renewal', 'supersedes', 'parties', 'product'];
const LONGEST_MONTH_MS = 31 * 86_400_000;
/** A month more or less is a day at most where clocks change or a month is short. */
const SLACK_MS = 2 * 86_400_000;

/**
 * What keeps a document from being the renewal another one foresaw; undefined when it is. It says the same words, begins
 * where the other ends, runs no longer than its clause allows and leaves one renewal less.
 */
export function renewalFault(previous: SignedDocument, next: SignedDocument): string | undefined {
  const link = next['supersedes'] as
    { agreement_id?: unknown; document_hash?: unknown; kind?: unknown } | null | undefined;
  if (link?.kind !== 'renewal') return 'it is no renewal';
  if (link.agreement_id !== previous.agreement_id || link.document_hash !== documentHash(previous)) {
    return 'it renews another document';
  }
  const clause = previous['renewal'] as Renewal | null | undefined;
  if (clause === null || clause === undefined) return 'the agreement before it has no renewal clause';
  const left = next['renewal'] as Renewal | null;
  const expected = clause.times > 1 ? { months: clause.months, times: clause.times - 1 } : null;
  if (documentHash(left) !== documentHash(expected)) return 'it can be renewed more often than was agreed';
  const changed = Object.keys({ ...previous, ...next }).find(
    (member) => !ANEW.includes(member) && !same(previous[member], next[member]),
  );
  if (changed !== undefined) return `it says another ${changed}`;
  return partyFault(previous, next) ?? productFault(previous, next) ?? termFault(previous, next, clause);
}

function termFault(previous: SignedDocument, next: SignedDocument, { months }: Renewal): string | undefined {
  const [before, after] = [previous, next].map((document) => document['terms'] as Terms) as [Terms, Terms];
  const { effective_from: from, effective_until: until } = after;
  const span = { effective_from: from, effective_until: until };
  if (!same({ ...before, ...span }, after)) return 'it is for another purpose or place';
  if (from !== before.effective_until) return 'it does not begin where the agreement before it ends';
  const ms = Date.parse(String(until)) - Date.parse(String(from));
  return ms > 0 && ms <= months * LONGEST_MONTH_MS + SLACK_MS ? undefined : 'it runs longer than its clause allows';
}

/** Names may have changed since; who the parties are may not. */
function partyFault(previous: SignedDocument, next: SignedDocument): string | undefined {
  const ids = (document: SignedDocument) => {
    const { merchant, buyer } = document['parties'] as Readonly<Record<'merchant' | 'buyer', { readonly id: string }>>;
    return [merchant.id, buyer.id];
  };
  return same(ids(previous), ids(next)) ? undefined : 'it is between other parties';
}

function productFault(previous: SignedDocument, next: SignedDocument): string | undefined {
  const id = (document: SignedDocument) => (document['product'] as { readonly id: string }).id;
  return id(previous) === id(next) ? undefined : 'it is about another product';
}

function same(a: unknown, b: unknown): boolean {
  return documentHash(a ?? null) === documentHash(b ?? null);
}
