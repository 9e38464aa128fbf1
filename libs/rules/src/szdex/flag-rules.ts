import type { FlagContent } from './content.js';

/** Duties and options that stand beside the pathway; every one is always evaluated. */
export const flagRules: readonly FlagContent[] = [
  {
    id: 'ALT_GBA_SC',
    requirement: 'GBA_SC',
    when: {
      all: [
        ['pathway', 'in', ['SECURITY_ASSESSMENT', 'SC_OR_CERT', 'HK_PDPO', 'MO_LAW_8_2005']],
        ['d.pi', 'in', ['deidentified', 'identified']],
        ['exp.gba', 'eq', true],
        ['rcp.gba', 'eq', true],
        ['exp.ciio', 'ne', true],
        ['d.important', 'ne', 'notified'],
        ['tx.onward_outside_gba', 'eq', false],
      ],
      any: [
        {
          all: [
            ['tx.origin', 'eq', 'CN'],
            ['tx.destination', 'in', ['HK', 'MO']],
          ],
        },
        {
          all: [
            ['tx.origin', 'in', ['HK', 'MO']],
            ['tx.destination', 'eq', 'CN'],
          ],
        },
      ],
    },
    cite: ['GBA-HK-2', 'GBA-MO-2'],
    certainty: 'likely',
  },
  {
    id: 'REMOTE_ACCESS_IS_EXPORT',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.mode', 'eq', 'remote_view'],
        ['tx.raw_visible', 'eq', true],
      ],
    },
    cite: ['SA-GUIDE-SCOPE'],
    certainty: 'likely',
  },
  {
    id: 'HGR_PRIOR_REPORT_AND_BACKUP',
    track: 'human_genetic_resources',
    requirement: 'HGR_INFO',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.hgr', 'eq', 'info'],
        ['rcp.foreign_party', 'eq', true],
      ],
    },
    cite: ['HGR-28', 'HGRR-36'],
    certainty: 'settled',
  },
  {
    id: 'HGR_SECURITY_REVIEW',
    track: 'human_genetic_resources_review',
    requirement: 'HGR_REVIEW',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.hgr', 'eq', 'info'],
        ['rcp.foreign_party', 'eq', true],
        ['d.hgr_review_class', 'eq', true],
      ],
    },
    cite: ['HGR-28', 'HGRR-37'],
    certainty: 'settled',
  },
  {
    id: 'HGR_EXIT_CERTIFICATE',
    track: 'human_genetic_resources_exit',
    requirement: 'HGR_EXIT',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.hgr', 'eq', 'material'],
      ],
    },
    cite: ['HGR-27'],
    certainty: 'settled',
  },
  {
    id: 'HEALTH_SECTOR_CHECK',
    track: 'health_sector',
    requirement: 'HEALTH_SECTOR',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.health', 'eq', true],
      ],
    },
    cite: ['NHC-BIGDATA-30', 'GBT-39725'],
    certainty: 'likely',
  },
  {
    id: 'TECH_EXPORT_CATALOGUE_CHECK',
    track: 'technology_export',
    requirement: 'TECH_EXPORT',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.tcm_tech', 'eq', true],
      ],
    },
    cite: ['TECH-CATALOGUE'],
    certainty: 'likely',
  },
  {
    id: 'GUARDIAN_CONSENT',
    track: 'minors',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['d.under14', 'eq', true],
      ],
    },
    cite: ['PIPL-31', 'NDSMR-22'],
    certainty: 'settled',
  },
  {
    id: 'IMPORTANT_DATA_HANDLER_DUTIES',
    track: 'important_data_handler',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['exp.total_pi', 'gte', 10000000],
      ],
    },
    cite: ['NDSMR-28'],
    certainty: 'settled',
  },
  {
    id: 'SMALL_HANDLER_SIMPLIFICATIONS',
    requirement: 'SMALL_HANDLER',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['exp.total_pi', 'lt', 100000],
      ],
    },
    cite: ['SMALL-2', 'SMALL-10', 'SMALL-14'],
    certainty: 'settled',
  },
  {
    id: 'PI_EXPORT_BASE_DUTIES',
    track: 'base_duties',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['pathway', 'in', ['EXEMPT', 'SECURITY_ASSESSMENT', 'SC_OR_CERT']],
        ['d.pi', 'in', ['deidentified', 'identified']],
      ],
    },
    cite: ['CBDF-10', 'PIPL-39', 'PIPL-55', 'PIPL-56', 'NDSMR-12'],
    certainty: 'settled',
  },
];
