import type { RuleContent } from './content.js';

/** CBDF articles 3 to 6 and NDSMR 35(6): what needs none of the three mechanisms. */
export const exemptionRules: readonly RuleContent[] = [
  {
    id: 'EX-03',
    stage: 'exempt',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.pi', 'in', ['none', 'anonymised']],
        ['d.important', 'eq', 'not_notified'],
      ],
    },
    then: 'EXEMPT',
    cite: ['CBDF-3'],
    certainty: 'settled',
  },
  {
    id: 'EX-04',
    stage: 'exempt',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.collected_abroad', 'eq', true],
        ['tx.mixes_domestic', 'eq', false],
        ['d.important', 'eq', 'not_notified'],
      ],
    },
    then: 'EXEMPT',
    cite: ['CBDF-4'],
    certainty: 'settled',
  },
  {
    id: 'EX-05-1',
    stage: 'exempt',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.purpose', 'eq', 'individual_contract'],
        ['tx.necessity', 'eq', true],
        ['d.important', 'eq', 'not_notified'],
      ],
    },
    then: 'EXEMPT',
    cite: ['CBDF-5.1.1', 'NDSMR-35.4'],
    certainty: 'settled',
  },
  {
    id: 'EX-05-2',
    stage: 'exempt',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.purpose', 'eq', 'hr'],
        ['tx.collective_basis', 'eq', true],
        ['tx.necessity', 'eq', true],
        ['d.important', 'eq', 'not_notified'],
      ],
    },
    then: 'EXEMPT',
    cite: ['CBDF-5.1.2', 'NDSMR-35.5'],
    certainty: 'settled',
  },
  {
    id: 'EX-05-3',
    stage: 'exempt',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.purpose', 'eq', 'emergency'],
        ['tx.necessity', 'eq', true],
        ['d.important', 'eq', 'not_notified'],
      ],
    },
    then: 'EXEMPT',
    cite: ['CBDF-5.1.3', 'NDSMR-35.7'],
    certainty: 'settled',
  },
  {
    id: 'EX-35-6',
    stage: 'exempt',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.purpose', 'eq', 'statutory_duty'],
        ['tx.necessity', 'eq', true],
        ['d.important', 'eq', 'not_notified'],
      ],
    },
    then: 'EXEMPT',
    cite: ['NDSMR-35.6', 'SMALL-10.1.4'],
    certainty: 'settled',
  },
  {
    id: 'EX-06',
    stage: 'exempt',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['exp.zone', 'in', ['gd_ftz', 'hetao_sz', 'other_ftz']],
        ['nl.status', 'eq', 'covered_not_listed'],
        ['exp.ciio', 'eq', false],
        ['d.important', 'eq', 'not_notified'],
      ],
    },
    then: 'EXEMPT',
    cite: ['CBDF-6', 'NL-LOCAL'],
    certainty: 'settled',
  },
  {
    id: 'EX-05-4',
    stage: 'exempt',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['exp.ciio', 'eq', false],
        ['d.pi', 'in', ['deidentified', 'identified']],
        ['d.sensitive', 'eq', false],
        ['ytd.general', 'lt', 100000],
        ['nl.status', 'nin', ['listed_assessment', 'listed_sc']],
        ['d.important', 'eq', 'not_notified'],
      ],
    },
    then: 'EXEMPT',
    cite: ['CBDF-5.1.4'],
    certainty: 'settled',
  },
];
