import type { RuleContent } from './content.js';

/** Stop, scope and gate: what ends the question before a mechanism is looked for. */
export const firstRules: readonly RuleContent[] = [
  {
    id: 'STOP-01',
    stage: 'stop',
    when: { all: [['d.core_or_secret', 'eq', true]] },
    then: 'BLOCKED',
    cite: ['DSL-21', 'NDSMR-63', 'STATE-SECRETS-LAW'],
    certainty: 'settled',
    overrides: ['STOP-02'],
  },
  {
    id: 'STOP-02',
    stage: 'stop',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.purpose', 'eq', 'judicial_request'],
      ],
    },
    then: 'APPROVAL_REQUIRED_FIRST',
    cite: ['DSL-36', 'PIPL-41'],
    certainty: 'settled',
    overrides: ['STOP-03', 'STOP-04'],
  },
  {
    id: 'STOP-03',
    stage: 'stop',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['rcp.listed_42', 'eq', true],
      ],
    },
    then: 'BLOCKED',
    cite: ['PIPL-42'],
    certainty: 'settled',
  },
  {
    id: 'STOP-04',
    stage: 'stop',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.hgr', 'in', ['info', 'material']],
        ['exp.foreign_party', 'eq', true],
      ],
    },
    then: 'BLOCKED',
    cite: ['HGR-7'],
    certainty: 'settled',
  },
  {
    id: 'STOP-05',
    stage: 'stop',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.hgr', 'in', ['info', 'material']],
        ['tx.purpose', 'eq', 'data_product_sale'],
      ],
    },
    then: 'BLOCKED',
    cite: ['HGR-10'],
    certainty: 'settled',
  },
  {
    id: 'STOP-06',
    stage: 'stop',
    when: {
      all: [
        ['tx.origin', 'eq', 'US'],
        ['tx.destination', 'in', ['CN', 'HK', 'MO']],
        ['d.us_bulk', 'eq', true],
        ['tx.purpose', 'eq', 'data_product_sale'],
      ],
    },
    then: 'BLOCKED',
    cite: ['US-28CFR-202.301', 'US-28CFR-202.303'],
    certainty: 'settled',
  },
  {
    id: 'SCOPE-01',
    stage: 'scope',
    when: { all: [['tx.origin', 'eqfact', 'tx.destination']] },
    then: 'NOT_AN_EXPORT',
    cite: ['CBDF-2'],
    certainty: 'settled',
    overrides: ['SCOPE-04'],
  },
  {
    id: 'SCOPE-02',
    stage: 'scope',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.mode', 'eq', 'subject_carried'],
      ],
    },
    then: 'NOT_AN_EXPORT',
    cite: ['PIPL-72', 'PRACTICE-DVP'],
    certainty: 'likely',
  },
  {
    id: 'SCOPE-03',
    stage: 'scope',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.mode', 'eq', 'hash_only'],
        ['tx.hash_salted', 'eq', true],
      ],
    },
    then: 'NOT_AN_EXPORT',
    cite: ['PIPL-4', 'PIPL-73', 'PRACTICE-DVP'],
    certainty: 'likely',
  },
  {
    id: 'SCOPE-04',
    stage: 'scope',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.mode', 'eq', 'code_to_data'],
        ['tx.raw_visible', 'eq', false],
      ],
    },
    then: 'HUMAN_REVIEW',
    cite: ['SA-GUIDE-SCOPE'],
    certainty: 'disputed',
  },
  {
    id: 'GATE-01',
    stage: 'gate',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.important', 'eq', 'unknown'],
      ],
    },
    then: 'NEEDS_INFO',
    cite: ['NDSMR-29', 'CBDF-2'],
    certainty: 'design',
  },
];
