import type { Citation, Flag, Requirement, Rule } from '../engine/rule-set.js';
import { words } from './words.js';

/**
 * The laws of these places protect personal data and nothing else. Vietnam's law on data and the bulk rule of the United
 * States reach further: there the place's own rule decides whatever the data are.
 */
export const noPersonsElsewhere: Rule = {
  id: 'EX-ELSEWHERE',
  stage: 'exempt',
  text: words(
    'The law of the place of origin protects personal data only, and there are none',
    '来源地法律仅保护个人资料，而数据不含个人资料',
    '來源地法律僅保護個人資料，而數據不含個人資料',
  ),
  when: {
    all: [
      ['tx.origin', 'in', ['HK', 'MO', 'SG', 'MY', 'GB']],
      ['d.pi', 'in', ['none', 'anonymised']],
    ],
  },
  then: 'EXEMPT',
  cite: ['PDPO-DPP', 'MO-19', 'SG-26', 'MY-129', 'UK-GDPR-44-49'],
  certainty: 'settled',
};

/** What the second version adds beside the pathway: the destination's law, and bulk data of US persons. */
export const parallelFlags: readonly Flag[] = [
  {
    id: 'DESTINATION_LAW',
    text: words(
      'The law of the destination, and whether the recipient can keep his promises under it, must be assessed',
      '须评估接收方所在地法律及接收方能否履行义务',
      '須評估接收方所在地法律及接收方能否履行義務',
    ),
    track: 'destination_law',
    requirement: 'DESTINATION_LAW',
    when: {
      all: [
        ['tx.origin', 'eq', 'CN'],
        ['pathway', 'in', ['SECURITY_ASSESSMENT', 'SC_OR_CERT']],
        ['d.pi', 'in', ['deidentified', 'identified']],
      ],
    },
    cite: ['SCM-5'],
    certainty: 'settled',
  },
  {
    id: 'US_BULK_RESALE',
    text: words(
      'Bulk data of US persons on their way to mainland China, Hong Kong or Macao: 28 CFR 202 must be cleared',
      '美国人批量数据流向中国内地、香港或澳门：须先完成 28 CFR 202 核查',
      '美國人批量數據流向中國內地、香港或澳門：須先完成 28 CFR 202 核查',
    ),
    track: 'us_bulk_data',
    requirement: 'US_BULK_RESALE',
    when: {
      all: [
        ['pathway', 'ne', 'NOT_AN_EXPORT'],
        ['tx.origin', 'ne', 'US'],
        ['tx.destination', 'in', ['CN', 'HK', 'MO']],
        ['d.us_bulk', 'eq', true],
      ],
    },
    cite: ['US-28CFR-202'],
    certainty: 'likely',
  },
  {
    id: 'US_NO_ONWARD_CLAUSE',
    text: words(
      'Bulk data of US persons to another foreign buyer: the contract must forbid passing them on to countries of concern',
      '美国人批量数据提供给其他境外买方：合同须禁止向受关注国家再转移',
      '美國人批量數據提供給其他境外買方：合同須禁止向受關注國家再轉移',
    ),
    track: 'us_no_onward_clause',
    requirement: 'US_NO_ONWARD_CLAUSE',
    when: {
      all: [
        ['pathway', 'ne', 'NOT_AN_EXPORT'],
        ['tx.origin', 'eq', 'US'],
        ['tx.destination', 'nin', ['CN', 'HK', 'MO']],
        ['d.us_bulk', 'eq', true],
      ],
    },
    cite: ['US-28CFR-202.302'],
    certainty: 'likely',
  },
];

const requirement = (
  id: string,
  authority: Requirement['authority'],
  document: Requirement['documents'][number],
): Requirement => ({ id, authority, documents: [document], clocks: [], validity: null, notes: [] });

const justice = words('Department of Justice, United States', '美国司法部', '美國司法部');

export const parallelRequirements: readonly Requirement[] = [
  requirement(
    'DESTINATION_LAW',
    words(
      'Nobody approves it; it is part of the impact assessment',
      '无须批准，属于影响评估内容',
      '無須批准，屬於影響評估內容',
    ),
    {
      id: 'DESTINATION_LAW_ASSESSMENT',
      text: words(
        'Assessment of the destination’s law and of the recipient’s ability to keep the contract',
        '对接收方所在地法律及其履约能力的评估',
        '對接收方所在地法律及其履約能力的評估',
      ),
    },
  ),
  requirement('US_BULK_RESALE', justice, {
    id: 'US_PERSONS_STATEMENT',
    text: words(
      'The seller’s answer whether US persons are contained, how many, and why the deal is not a prohibited one',
      '卖方关于是否含美国人数据、数量及不属禁止交易的说明',
      '賣方關於是否含美國人數據、數量及不屬禁止交易的說明',
    ),
  }),
  requirement('US_NO_ONWARD_CLAUSE', justice, {
    id: 'NO_ONWARD_CLAUSE',
    text: words('The no-onward clause of the contract', '合同中的禁止再转移条款', '合同中的禁止再轉移條款'),
  }),
];

const citation = (id: string, mark: string, texts: readonly [string, string, string]): Citation => ({
  id,
  mark,
  text: words(...texts),
});

/** Citations of the new flags, and of what makes a new declaration necessary. */
export const parallelCitations: readonly Citation[] = [
  citation('SCM-5', 'found: S4', [
    'Standard Contract Measures (2023), art. 5',
    '《个人信息出境标准合同办法》第5条',
    '《個人信息出境標準合同辦法》第5條',
  ]),
  citation('SCM-8', 'found: S4', [
    'Standard Contract Measures (2023), art. 8',
    '《个人信息出境标准合同办法》第8条',
    '《個人信息出境標準合同辦法》第8條',
  ]),
  citation('SAM-14', 'mem: high', [
    'Measures for Security Assessment of Data Export (2022), art. 14',
    '《数据出境安全评估办法》第14条',
    '《數據出境安全評估辦法》第14條',
  ]),
  citation('CBDF-9', 'found: S2', [
    'Provisions on Promoting and Regulating Cross-border Data Flows (2024), art. 9',
    '《促进和规范数据跨境流动规定》第9条',
    '《促進和規範數據跨境流動規定》第9條',
  ]),
  citation('NDSMR-38', 'found: S8', [
    'Network Data Security Management Regulations (2025), art. 38',
    '《网络数据安全管理条例》第38条',
    '《網絡數據安全管理條例》第38條',
  ]),
  citation('US-28CFR-202.302', 'mem: high', [
    'US, 28 CFR 202.302: onward transfer to countries of concern',
    '美国 28 CFR 202.302：向受关注国家的再转移',
    '美國 28 CFR 202.302：向受關注國家的再轉移',
  ]),
];
