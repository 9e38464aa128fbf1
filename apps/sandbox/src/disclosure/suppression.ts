import type { CellKey } from './evidence.js';

/** A cell as suppression sees it. */
export interface SuppressibleCell {
  readonly keys: readonly CellKey[];
  readonly patients: number;
}

/** Whether what is withheld together, by position, may be told as one: a margin less what is shown tells exactly that. */
export type TellableTogether = (hidden: readonly number[]) => boolean;

/**
 * Which further cells must be withheld so that no withheld one follows from a margin: in every line of the table (all
 * columns but one held fixed), and in the table as a whole, at least two are withheld where one is, and those together may
 * be told. The smallest goes first. Ends, since each round withholds at least one more cell.
 *
 * @param withheld by position, those withheld already.
 * @returns the positions to withhold besides.
 */
export function secondarySuppression(
  cells: readonly SuppressibleCell[],
  withheld: ReadonlySet<number>,
  mayBeTold: TellableTogether,
): ReadonlySet<number> {
  const all = new Set(withheld);
  const lines = [...linesOf(cells), [...cells.keys()]];
  for (let changed = withheld.size > 0; changed;) {
    changed = false;
    for (const line of lines) {
      const hidden = line.filter((at) => all.has(at));
      if (hidden.length === 0 || (hidden.length > 1 && mayBeTold(hidden))) continue;
      const next = smallest(
        line.filter((at) => !all.has(at)),
        cells,
      );
      if (next === undefined) continue;
      all.add(next);
      changed = true;
    }
  }
  return new Set([...all].filter((at) => !withheld.has(at)));
}

function linesOf(cells: readonly SuppressibleCell[]): readonly (readonly number[])[] {
  const columns = cells[0]?.keys.length ?? 0;
  return Array.from({ length: columns }, (_, free) =>
    Array.from(
      Map.groupBy(cells.keys(), (at) =>
        JSON.stringify(cells[at]?.keys.filter((_key, column) => column !== free)),
      ).values(),
    ),
  ).flat();
}

function smallest(positions: readonly number[], cells: readonly SuppressibleCell[]): number | undefined {
  return positions.toSorted((a, b) => (cells[a]?.patients ?? 0) - (cells[b]?.patients ?? 0))[0];
}
