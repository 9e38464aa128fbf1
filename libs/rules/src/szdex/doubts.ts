import type { Contradiction, Doubt } from '../engine/rule-set.js';
import { words } from './words.js';

/** Facts that cannot be true together. Only what the words themselves exclude; nothing that is merely unusual. */
export const contradictions: readonly Contradiction[] = [
  {
    id: 'X-SENSITIVE-NOT-PI',
    text: words(
      'Data without personal information cannot be sensitive personal information.',
      '不含个人信息的数据不可能是敏感个人信息。',
      '不含個人信息的數據不可能是敏感個人信息。',
    ),
    when: {
      all: [
        ['d.pi', 'in', ['none', 'anonymised']],
        ['d.sensitive', 'eq', true],
      ],
    },
  },
  {
    id: 'X-CHILD-NOT-PI',
    text: words(
      'Data without personal information cannot concern children under 14.',
      '不含个人信息的数据不可能涉及不满十四周岁未成年人。',
      '不含個人信息的數據不可能涉及不滿十四周歲未成年人。',
    ),
    when: {
      all: [
        ['d.pi', 'in', ['none', 'anonymised']],
        ['d.under14', 'eq', true],
      ],
    },
  },
  {
    id: 'X-CHILD-NOT-SENSITIVE',
    text: words(
      'Personal information of children under 14 is sensitive.',
      '不满十四周岁未成年人的个人信息属于敏感个人信息。',
      '不滿十四周歲未成年人的個人信息屬於敏感個人信息。',
    ),
    when: {
      all: [
        ['d.under14', 'eq', true],
        ['d.sensitive', 'eq', false],
      ],
    },
  },
  {
    id: 'X-REVIEW-NOT-HGR',
    text: words(
      'What is no human genetic resource is in no class of their review.',
      '非人类遗传资源不属于其审查类别。',
      '非人類遺傳資源不屬於其審查類別。',
    ),
    when: {
      all: [
        ['d.hgr', 'eq', 'none'],
        ['d.hgr_review_class', 'eq', true],
      ],
    },
  },
  {
    id: 'X-LIST-WITHOUT-ZONE',
    text: words(
      'A negative list says something only about exporters of its zone.',
      '负面清单仅适用于所在区域的提供方。',
      '負面清單僅適用於所在區域的提供方。',
    ),
    when: {
      all: [
        ['exp.zone', 'eq', 'none'],
        ['nl.status', 'in', ['covered_not_listed', 'listed_assessment', 'listed_sc']],
      ],
    },
  },
];

/** Open points: the rules answer, and a person looks at the answer. */
export const doubts: readonly Doubt[] = [
  {
    id: 'D-PIXELS',
    text: words(
      'The guides count query and retrieval from abroad as export; streaming of pixels is not named.',
      '指南将境外查询、调取视为出境；未提及像素流。',
      '指南將境外查詢、調取視為出境；未提及像素流。',
    ),
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.mode', 'eq', 'remote_view'],
        ['tx.raw_visible', 'eq', true],
      ],
    },
  },
  {
    id: 'D-LIST-COVERAGE',
    text: words(
      'What the list covers is known from one secondary source; some zones may borrow other lists.',
      '清单覆盖范围仅有一个二手来源；部分区域可参照其他清单。',
      '清單覆蓋範圍僅有一個二手來源；部分區域可參照其他清單。',
    ),
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['exp.zone', 'in', ['gd_ftz', 'hetao_sz', 'other_ftz']],
        ['nl.status', 'eq', 'industry_not_covered'],
      ],
    },
  },
  {
    id: 'D-HGR-HK-MO',
    text: words(
      'Whether Hong Kong and Macao bodies count as foreign parties for human genetic resources is unclear.',
      '港澳机构在人类遗传资源规定中是否属于外方，尚不明确。',
      '港澳機構在人類遺傳資源規定中是否屬於外方，尚不明確。',
    ),
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['tx.destination', 'in', ['HK', 'MO']],
        ['d.hgr', 'in', ['info', 'material']],
      ],
    },
  },
];
