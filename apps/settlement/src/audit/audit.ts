/** Something that no sound ledger has. The code says which rule is broken, the subject by what. */
export interface Finding {
  readonly code: string;
  readonly subject: string;
  readonly detail: string;
}

/** How far audits have come along the chain of hashes: sequence numbers, 0 before the first. */
export interface ChainMarks {
  /** Everything up to here was checked once at least. */
  readonly until: number;
  /** How far the checking of what was checked before has come; from 0 again when it reaches `until`. */
  readonly recheckedUntil: number;
}

/** A stretch of the chain, first and last sequence number. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/**
 * What of the chain an audit looks at: all that is new, up to a bound, and a part of what was looked at before, so that in
 * time all of it is looked at again.
 */
export function stretchesOf(
  marks: ChainMarks,
  head: number,
  { fresh, again }: { readonly fresh: number; readonly again: number },
): { readonly stretches: readonly Stretch[]; readonly marks: ChainMarks } {
  const until = Math.min(head, marks.until + fresh);
  const from = marks.recheckedUntil >= marks.until ? 0 : marks.recheckedUntil;
  const recheckedUntil = Math.min(marks.until, from + again);
  const stretches = [
    { first: from + 1, last: recheckedUntil },
    { first: marks.until + 1, last: until },
  ].filter(({ first, last }) => first <= last);
  return { stretches, marks: { until, recheckedUntil } };
}
