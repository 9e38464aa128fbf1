import type { Requirement, StatutoryClock } from '../engine/rule-set.js';
import { documents } from './documents.js';
import { words } from './words.js';

interface Foreign {
  readonly id: string;
  readonly authority: readonly [en: string, hans: string, hant: string];
  readonly documents: readonly string[];
  readonly clocks?: readonly StatutoryClock[];
  readonly validity?: Requirement['validity'];
}

const foreign = ({ id, authority, documents: ids, clocks = [], validity = null }: Foreign): Requirement => ({
  id,
  authority: words(...authority),
  documents: documents(...ids),
  clocks,
  validity,
  notes: [],
});

const vietnamDossier: StatutoryClock = {
  id: 'VN_DOSSIER_FILING',
  text: words(
    'File the dossier with the Ministry of Public Security (A05)',
    '向公安部（A05）提交档案',
    '向公安部（A05）提交檔案',
  ),
  by: 'exporter',
  from: 'first_transfer',
  count: 60,
  unit: 'calendar_day',
  direction: 'forward',
};

const macaoNotice: StatutoryClock = {
  id: 'MO_NOTICE',
  text: words('Notify automated processing', '通知自动化处理', '通知自動化處理'),
  by: 'exporter',
  from: 'processing_started',
  count: 8,
  unit: 'calendar_day',
  direction: 'forward',
};

/** What binds an exporter outside the mainland. */
export const foreignRequirements: readonly Requirement[] = [
  foreign({
    id: 'HK_PDPO',
    authority: [
      'Privacy Commissioner for Personal Data, Hong Kong',
      '香港个人资料私隐专员公署',
      '香港個人資料私隱專員公署',
    ],
    documents: ['DPP_NOTICE', 'MODEL_CLAUSES'],
  }),
  foreign({
    id: 'MO_LAW_8_2005',
    authority: ['Macao personal data protection bureau (DSPDP)', '澳门个人资料保护局', '澳門個人資料保護局'],
    documents: ['MO_NOTIFICATION'],
    clocks: [macaoNotice],
  }),
  foreign({
    id: 'SG_PDPA_S26',
    authority: [
      'Personal Data Protection Commission, Singapore',
      '新加坡个人数据保护委员会',
      '新加坡個人數據保護委員會',
    ],
    documents: ['SG_CLAUSES'],
  }),
  foreign({
    id: 'MY_PDPA_S129',
    authority: [
      'Personal Data Protection Commissioner, Malaysia',
      '马来西亚个人数据保护专员',
      '馬來西亞個人數據保護專員',
    ],
    documents: ['MY_TIA'],
    validity: { years: 3, from: 'assessment_dated' },
  }),
  foreign({
    id: 'VN_PDPL_CTIA',
    authority: ['Ministry of Public Security (A05), Vietnam', '越南公安部（A05）', '越南公安部（A05）'],
    documents: ['VN_DOSSIER'],
    clocks: [vietnamDossier],
  }),
  foreign({
    id: 'UK_CHAPTER_V',
    authority: ['Information Commissioner, United Kingdom', '英国信息专员', '英國資訊專員'],
    documents: ['UK_IDTA'],
  }),
  foreign({
    id: 'US_DSP_CHECK',
    authority: ['Department of Justice, United States', '美国司法部', '美國司法部'],
    documents: ['US_ORIGIN_CHECK'],
  }),
];
