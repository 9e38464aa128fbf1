import type { DisclosureRules } from '../disclosure/disclosure-rules.js';
import type { MeasureEvidence } from '../disclosure/evidence.js';
import { secondarySuppression } from '../disclosure/suppression.js';
import { mayBeTold, togetherOf } from '../disclosure/verdict.js';

/**
 * Which groups are withheld besides, so that none withheld follows from the total: at least two, and together enough
 * patients, since the total less what is shown is a group too. The smallest go first.
 *
 * @param sizes patients by group; each patient is in one.
 * @param withheld by position, those withheld already.
 * @param values what a sum or a mean of each group rests on, where one is shown: together it may be told as well.
 * @returns the positions to withhold besides; none where none is withheld.
 */
export function withheldBesides(
  sizes: readonly number[],
  withheld: ReadonlySet<number>,
  rules: DisclosureRules,
  values?: readonly MeasureEvidence[],
): ReadonlySet<number> {
  const cells = sizes.map((patients, at) => ({ keys: [at], patients }));
  return secondarySuppression(cells, withheld, (hidden) => {
    const patients = hidden.reduce((sum, at) => sum + (sizes[at] ?? 0), 0);
    const together = values && togetherOf(hidden.flatMap((at) => values[at] ?? []));
    return patients >= rules.minPatients && (together === undefined || mayBeTold(together, rules));
  });
}
