import type { Words } from '../../i18n/words.js';
import type { auditCases as english } from '../en/audit-cases.js';

export const auditCases: Words<typeof english> = {
  title: '抽樣覆核',
  lead: '按種子抽取某月的發票，依據計量和已簽許可在瀏覽器中逐張重新計算。',
  terms: '抽樣條件',
  size: '抽取數量',
  seed: '種子',
  seedHint: '任意文字，例如日期和姓名。任何人用同樣的文字都會抽到同樣的發票。',
  draw: '抽取並重新計算',
  none: '尚未抽樣',
  noneHint: '選擇月份和種子；之後網址即代表該案例。',
  noInvoices: '{{month}}沒有已開具的發票',
  result: '共 {{of}} 張發票，抽取 {{drawn}} 張',
  paper: '工作底稿（JSON）',
  allSame: '全部發票結果一致',
  differences: '差異',
  differing_other: '{{count}} 張發票不一致',
  outcome: {
    same: '一致',
    differs: '不一致',
    not_rated: '取決於以前月份的預付額',
  },
};
