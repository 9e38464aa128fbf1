import { secondarySuppression } from '../disclosure/suppression.js';

/**
 * Which groups are withheld besides, so that none withheld follows from the total: at least two, as in a table, and at
 * least `least` patients together, since the total less what is shown is a group too. The smallest go first.
 *
 * @param sizes patients by group.
 * @param withheld by position, those withheld already.
 * @returns the positions to withhold besides; none where none is withheld.
 */
export function withheldBesides(
  sizes: readonly number[],
  withheld: ReadonlySet<number>,
  least: number,
): ReadonlySet<number> {
  if (withheld.size === 0) return new Set();
  const cells = sizes.map((patients, at) => ({ keys: [at], patients }));
  const all = new Set([...withheld, ...secondarySuppression(cells, withheld)]);
  let together = [...all].reduce((sum, at) => sum + (sizes[at] ?? 0), 0);
  for (const at of [...sizes.keys()].toSorted((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0))) {
    if (together >= least) break;
    if (all.has(at)) continue;
    all.add(at);
    together += sizes[at] ?? 0;
  }
  return new Set([...all].filter((at) => !withheld.has(at)));
}
