import type { ComplianceKind } from '../card/product-card.js';

/** A fact of a product that asks for a paper. */
export type PaperFact = 'personal' | 'sensitive' | 'important' | 'health' | 'gene';

export interface RequiredPaper {
  readonly when: PaperFact;
  readonly kind: ComplianceKind;
  readonly article: string;
}

/** Which papers a listing needs, by what is in the data. A table, so that a change of law is a change of data. */
export const requiredPapers: readonly RequiredPaper[] = [
  { when: 'personal', kind: 'legal_opinion', article: 'Data Security Law, article 33; PIPL, article 13' },
  { when: 'sensitive', kind: 'impact_assessment', article: 'PIPL, article 55' },
  { when: 'important', kind: 'security_assessment', article: 'Data Security Law, articles 21 and 30' },
  {
    when: 'health',
    kind: 'ethics_approval',
    article: 'Measures for Ethical Review of Life Science Research (2023), article 4',
  },
  { when: 'gene', kind: 'hgr_approval', article: 'Regulation on Human Genetic Resources, articles 10 and 27' },
];
