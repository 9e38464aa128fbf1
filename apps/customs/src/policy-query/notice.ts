import type { LocalizedText } from '@hetao/kernel';

/** Stands with every finding, on screen and in print. */
export const findingNotice: LocalizedText = {
  en: 'This finding is made by rules from the facts you gave. It is not legal advice and no decision of an authority; only the competent authority or an accredited body clears a transfer.',
  'zh-Hans':
    '本结论由规则依据您提供的事实作出，不构成法律意见，亦非主管部门决定；数据出境须由主管部门或专业认证机构放行。',
  'zh-Hant':
    '本結論由規則依據您提供的事實作出，不構成法律意見，亦非主管部門決定；數據出境須由主管部門或專業認證機構放行。',
};
