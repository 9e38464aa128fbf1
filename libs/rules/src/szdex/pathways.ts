import type { Pathway } from '../engine/rule-set.js';
import { words } from './words.js';

/** `weight` orders the mechanisms that volume decides between: more people never make it lighter. */
export const pathways: readonly Pathway[] = [
  { id: 'BLOCKED', text: words('Not allowed', '不得提供', '不得提供'), final: true },
  {
    id: 'APPROVAL_REQUIRED_FIRST',
    text: words('Approval of the competent authority first', '须先经主管机关批准', '須先經主管機關批准'),
    final: false,
  },
  { id: 'NOT_AN_EXPORT', text: words('Not an export', '不属于数据出境', '不屬於數據出境'), final: false },
  { id: 'HUMAN_REVIEW', text: words('A person must decide', '须人工判断', '須人工判斷'), final: false },
  { id: 'NEEDS_INFO', text: words('An answer is missing', '尚缺信息', '尚缺資料'), final: false },
  {
    id: 'EXEMPT',
    text: words('Exempt from the three mechanisms', '免予三种机制', '免予三種機制'),
    final: false,
    weight: 0,
  },
  {
    id: 'SECURITY_ASSESSMENT',
    text: words('Security assessment', '数据出境安全评估', '數據出境安全評估'),
    final: false,
    weight: 2,
    requirement: 'SECURITY_ASSESSMENT',
  },
  {
    id: 'SC_OR_CERT',
    text: words('Standard contract or certification', '标准合同或认证', '標準合同或認證'),
    final: false,
    weight: 1,
    requirement: 'SC',
  },
  {
    id: 'HK_PDPO',
    text: words(
      'Hong Kong: Personal Data (Privacy) Ordinance',
      '香港：《个人资料（私隐）条例》',
      '香港：《個人資料（私隱）條例》',
    ),
    final: false,
    requirement: 'HK_PDPO',
  },
  {
    id: 'MO_LAW_8_2005',
    text: words('Macao: Law 8/2005', '澳门：第8/2005号法律', '澳門：第8/2005號法律'),
    final: false,
    requirement: 'MO_LAW_8_2005',
  },
  {
    id: 'SG_PDPA_S26',
    text: words('Singapore: PDPA section 26', '新加坡：《个人数据保护法》第26条', '新加坡：《個人數據保護法》第26條'),
    final: false,
    requirement: 'SG_PDPA_S26',
  },
  {
    id: 'MY_PDPA_S129',
    text: words(
      'Malaysia: PDPA section 129',
      '马来西亚：《个人数据保护法》第129条',
      '馬來西亞：《個人數據保護法》第129條',
    ),
    final: false,
    requirement: 'MY_PDPA_S129',
  },
  {
    id: 'VN_PDPL_CTIA',
    text: words('Vietnam: transfer impact dossier', '越南：跨境传输影响评估档案', '越南：跨境傳輸影響評估檔案'),
    final: false,
    requirement: 'VN_PDPL_CTIA',
  },
  {
    id: 'UK_CHAPTER_V',
    text: words('United Kingdom: Chapter V of the UK GDPR', '英国：UK GDPR 第五章', '英國：UK GDPR 第五章'),
    final: false,
    requirement: 'UK_CHAPTER_V',
  },
  {
    id: 'US_DSP_CHECK',
    text: words('United States: check against 28 CFR 202', '美国：依 28 CFR 202 核查', '美國：依 28 CFR 202 核查'),
    final: false,
    requirement: 'US_DSP_CHECK',
  },
];
