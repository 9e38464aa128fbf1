import type { Words } from '../../i18n/words.js';
import type { auditCases as english } from '../en/audit-cases.js';

export const auditCases: Words<typeof english> = {
  title: '抽样复核',
  lead: '按种子抽取某月的发票，依据计量和已签许可在浏览器中逐张重新计算。',
  terms: '抽样条件',
  size: '抽取数量',
  seed: '种子',
  seedHint: '任意文字，例如日期和姓名。任何人用同样的文字都会抽到同样的发票。',
  draw: '抽取并重新计算',
  none: '尚未抽样',
  noneHint: '选择月份和种子；之后网址即代表该案例。',
  noInvoices: '{{month}}没有已开具的发票',
  result: '共 {{of}} 张发票，抽取 {{drawn}} 张',
  paper: '工作底稿（JSON）',
  allSame: '全部发票结果一致',
  differences: '差异',
  differing_other: '{{count}} 张发票不一致',
  outcome: {
    same: '一致',
    differs: '不一致',
    not_rated: '取决于以前月份的预付额',
  },
};
