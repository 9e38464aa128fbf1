import type { Contradiction, Fact, Pathway, RuleSet } from '../engine/rule-set.js';
import { optionLabels } from './option-labels.js';
import { noPersonsElsewhere, parallelCitations, parallelFlags, parallelRequirements } from './parallel-regimes.js';
import { szdexCrossBorder202611 as before } from './szdex-2026-11.js';

/**
 * The second version: every rule of the first, and what stands beside them made visible. Tracks for the destination's
 * law and for bulk data of US persons; certification as the other way of article 8, which the exporter may choose; data
 * without persons from places whose law protects persons only; names for the answers a person picks from; citations for
 * what makes a new declaration necessary.
 */
export const szdexCrossBorder2026111: RuleSet = {
  ...before,
  version: '2026.11.1',
  effectiveFrom: '2026-11-23',
  facts: before.facts.map(withLabels),
  pathways: before.pathways.map(withAlternatives),
  rules: before.rules.flatMap((rule) => (rule.id === 'EX-05-4' ? [rule, noPersonsElsewhere] : [rule])),
  flags: [
    ...before.flags.map((flag) => (flag.id === 'ALT_GBA_SC' ? { ...flag, alternative: true } : flag)),
    ...parallelFlags,
  ],
  contradictions: before.contradictions.map(withEveryList),
  citations: [...before.citations, ...parallelCitations],
  requirements: [...before.requirements, ...parallelRequirements],
};

function withLabels(fact: Fact): Fact {
  const labels = optionLabels(fact.key);
  return fact.type === 'enum' && labels !== undefined ? { ...fact, labels } : fact;
}

function withAlternatives(pathway: Pathway): Pathway {
  return pathway.id === 'SC_OR_CERT' ? { ...pathway, alternatives: ['CERT'] } : pathway;
}

/** "The list does not cover the industry" speaks of a list too: outside the zones there is none. */
function withEveryList(contradiction: Contradiction): Contradiction {
  if (contradiction.id !== 'X-LIST-WITHOUT-ZONE') return contradiction;
  return {
    ...contradiction,
    when: {
      all: [
        ['exp.zone', 'eq', 'none'],
        ['nl.status', 'in', ['industry_not_covered', 'covered_not_listed', 'listed_assessment', 'listed_sc']],
      ],
    },
  };
}
