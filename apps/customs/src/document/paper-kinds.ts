import type { LocalizedText } from '@hetao/kernel';
import { mechanismsOf } from '../declaration/mechanism.js';
import type { Declaration } from '../declaration/declaration.js';

/** The papers made out of a declaration. */
export const paperKinds = [
  'finding',
  'self-assessment',
  'impact-assessment',
  'standard-contract-annex',
  'gba-contract-annex',
  'one-page-form',
  'exemption-memo',
] as const;
export type PaperKind = (typeof paperKinds)[number];

export const paperTitles: Readonly<Record<PaperKind, LocalizedText>> = {
  finding: { en: 'Finding of the cross-border rules', 'zh-Hans': '数据出境规则结论', 'zh-Hant': '數據出境規則結論' },
  'self-assessment': {
    en: 'Self-assessment report on data export risks',
    'zh-Hans': '数据出境风险自评估报告',
    'zh-Hant': '數據出境風險自評估報告',
  },
  'impact-assessment': {
    en: 'Personal information protection impact assessment',
    'zh-Hans': '个人信息保护影响评估报告',
    'zh-Hant': '個人信息保護影響評估報告',
  },
  'standard-contract-annex': {
    en: 'Standard contract for personal information export: annex data',
    'zh-Hans': '个人信息出境标准合同附录：个人信息出境说明',
    'zh-Hant': '個人信息出境標準合同附錄：個人信息出境說明',
  },
  'gba-contract-annex': {
    en: 'Greater Bay Area standard contract: annex data',
    'zh-Hans': '粤港澳大湾区个人信息跨境流动标准合同附录',
    'zh-Hant': '粵港澳大灣區個人信息跨境流動標準合同附錄',
  },
  'one-page-form': {
    en: 'Simplified impact form for small handlers',
    'zh-Hans': '小型个人信息处理者简化影响评估表',
    'zh-Hant': '小型個人信息處理者簡化影響評估表',
  },
  'exemption-memo': {
    en: 'Memo: none of the three mechanisms is needed',
    'zh-Hans': '免予申报、订立标准合同和认证的备忘录',
    'zh-Hant': '免予申報、訂立標準合同和認證的備忘錄',
  },
};

type Subject = Pick<Declaration, 'form' | 'facts' | 'finding'>;

/** The papers this declaration has a use for; its finding always, whatever it says. */
export function papersOf({ form, facts, finding }: Subject): readonly PaperKind[] {
  const personal = facts['d.pi'] === 'identified' || facts['d.pi'] === 'deidentified';
  const offered = new Set(mechanismsOf(finding).map(({ id }) => id));
  const small = finding.flags.some(({ id, state }) => id === 'SMALL_HANDLER_SIMPLIFICATIONS' && state === 'true');
  const applies: Readonly<Record<PaperKind, boolean>> = {
    finding: true,
    'self-assessment': finding.pathway === 'SECURITY_ASSESSMENT',
    'impact-assessment': personal && finding.pathway !== 'BLOCKED',
    'standard-contract-annex': finding.pathway === 'SC_OR_CERT' && (form.mechanism ?? 'SC') === 'SC',
    'gba-contract-annex': offered.has('GBA_SC'),
    'one-page-form': small && personal && finding.pathway !== 'BLOCKED',
    'exemption-memo': finding.pathway === 'EXEMPT' || finding.pathway === 'NOT_AN_EXPORT',
  };
  return paperKinds.filter((kind) => applies[kind]);
}
