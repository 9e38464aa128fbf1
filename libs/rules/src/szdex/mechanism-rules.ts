import type { RuleContent } from './content.js';

/** CBDF articles 7 and 8, other places' law, and the person who decides the rest. */
export const mechanismRules: readonly RuleContent[] = [
  {
    id: 'M-7-NL',
    stage: 'mechanism',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['nl.status', 'eq', 'listed_assessment'],
      ],
    },
    then: 'SECURITY_ASSESSMENT',
    cite: ['CBDF-6', 'NL-LOCAL'],
    certainty: 'settled',
    overrides: ['M-8-2', 'M-8-1'],
  },
  {
    id: 'M-7-2',
    stage: 'mechanism',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.important', 'eq', 'notified'],
      ],
    },
    then: 'SECURITY_ASSESSMENT',
    cite: ['CBDF-7', 'NDSMR-37', 'DSL-31'],
    certainty: 'settled',
    overrides: ['M-8-NL', 'M-8-2', 'M-8-1'],
  },
  {
    id: 'M-7-1',
    stage: 'mechanism',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['exp.ciio', 'eq', true],
        ['d.pi', 'in', ['deidentified', 'identified']],
      ],
    },
    then: 'SECURITY_ASSESSMENT',
    cite: ['CBDF-7.1.1', 'PIPL-40', 'CSL2025-39'],
    certainty: 'settled',
    overrides: ['M-8-NL', 'M-8-2', 'M-8-1'],
  },
  {
    id: 'M-8-NL',
    stage: 'mechanism',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['nl.status', 'eq', 'listed_sc'],
      ],
    },
    then: 'SC_OR_CERT',
    cite: ['CBDF-6', 'NL-LOCAL'],
    certainty: 'settled',
    overrides: ['M-7-4', 'M-7-3'],
  },
  {
    id: 'M-7-4',
    stage: 'mechanism',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.sensitive', 'eq', true],
        ['ytd.sensitive', 'gte', 10000],
      ],
    },
    then: 'SECURITY_ASSESSMENT',
    cite: ['CBDF-7.1.2'],
    certainty: 'settled',
    overrides: ['M-8-1'],
  },
  {
    id: 'M-7-3',
    stage: 'mechanism',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.pi', 'in', ['deidentified', 'identified']],
        ['ytd.general', 'gte', 1000000],
      ],
    },
    then: 'SECURITY_ASSESSMENT',
    cite: ['CBDF-7.1.2'],
    certainty: 'settled',
    overrides: ['M-8-2'],
  },
  {
    id: 'M-8-2',
    stage: 'mechanism',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.sensitive', 'eq', true],
        ['ytd.sensitive', 'lt', 10000],
      ],
    },
    then: 'SC_OR_CERT',
    cite: ['CBDF-8', 'SCM-4', 'CERT-5'],
    certainty: 'settled',
  },
  {
    id: 'M-8-1',
    stage: 'mechanism',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.pi', 'in', ['deidentified', 'identified']],
        ['ytd.general', 'gte', 100000],
        ['ytd.general', 'lt', 1000000],
      ],
    },
    then: 'SC_OR_CERT',
    cite: ['CBDF-8', 'SCM-4', 'CERT-5'],
    certainty: 'settled',
  },
  {
    id: 'F-HK',
    stage: 'foreign',
    when: { all: [['tx.origin', 'eq', 'HK']] },
    then: 'HK_PDPO',
    cite: ['PDPO-DPP', 'PDPO-33-NOT-IN-FORCE', 'PCPD-RMC'],
    certainty: 'settled',
  },
  {
    id: 'F-MO',
    stage: 'foreign',
    when: { all: [['tx.origin', 'eq', 'MO']] },
    then: 'MO_LAW_8_2005',
    cite: ['MO-19', 'MO-20'],
    certainty: 'settled',
  },
  {
    id: 'F-SG',
    stage: 'foreign',
    when: { all: [['tx.origin', 'eq', 'SG']] },
    then: 'SG_PDPA_S26',
    cite: ['SG-26', 'SG-PDPR-10-11'],
    certainty: 'settled',
  },
  {
    id: 'F-MY',
    stage: 'foreign',
    when: { all: [['tx.origin', 'eq', 'MY']] },
    then: 'MY_PDPA_S129',
    cite: ['MY-129', 'MY-CBPDT-3-2025'],
    certainty: 'settled',
  },
  {
    id: 'F-VN',
    stage: 'foreign',
    when: { all: [['tx.origin', 'eq', 'VN']] },
    then: 'VN_PDPL_CTIA',
    cite: ['VN-91-2025', 'VN-ND356-17-18'],
    certainty: 'settled',
  },
  {
    id: 'F-UK',
    stage: 'foreign',
    when: { all: [['tx.origin', 'eq', 'GB']] },
    then: 'UK_CHAPTER_V',
    cite: ['UK-GDPR-44-49', 'UK-DUAA-2025', 'ICO-IDTA'],
    certainty: 'settled',
  },
  {
    id: 'F-US',
    stage: 'foreign',
    when: { all: [['tx.origin', 'eq', 'US']] },
    then: 'US_DSP_CHECK',
    cite: ['US-28CFR-202'],
    certainty: 'settled',
  },
  { id: 'DEF-01', stage: 'default', when: { all: [] }, then: 'HUMAN_REVIEW', cite: [], certainty: 'design' },
];
