import type { DocumentRequirement } from '../engine/rule-set.js';
import { wordsById } from './words.js';

const text = wordsById([
  [
    'CREDIT_CODE',
    'Copy of the unified social credit code certificate',
    '统一社会信用代码证件影印件',
    '統一社會信用代碼證件影印本',
  ],
  [
    'LEGAL_REP_ID',
    'Copy of the legal representative’s identity document',
    '法定代表人身份证件影印件',
    '法定代表人身份證件影印本',
  ],
  ['HANDLER_ID', 'Copy of the handling person’s identity document', '经办人身份证件影印件', '經辦人身份證件影印本'],
  ['AUTHORISATION', 'Authorisation of the handling person', '经办人授权委托书', '經辦人授權委託書'],
  [
    'DECLARATION_FORM',
    'Declaration form for the security assessment',
    '数据出境安全评估申报书',
    '數據出境安全評估申報書',
  ],
  [
    'RECIPIENT_CONTRACT',
    'Contract or legal document with the recipient, export clauses marked; the Chinese text prevails',
    '与境外接收方订立的合同等法律文件（标示数据出境条款，以中文为准）',
    '與境外接收方訂立的合同等法律文件（標示數據出境條款，以中文為準）',
  ],
  [
    'SELF_ASSESSMENT',
    'Self-assessment report, finished within three months before filing',
    '数据出境风险自评估报告（申报前三个月内完成）',
    '數據出境風險自評估報告（申報前三個月內完成）',
  ],
  [
    'OTHER_EVIDENCE',
    'Other evidence the authority asks for',
    '主管部门要求的其他证明材料',
    '主管部門要求的其他證明材料',
  ],
  ['COMMITMENT', 'Commitment letter', '承诺书', '承諾書'],
  [
    'STANDARD_CONTRACT',
    'Signed standard contract, its text unaltered',
    '已签订的标准合同（不得改动正文）',
    '已簽訂的標準合同（不得改動正文）',
  ],
  [
    'IMPACT_ASSESSMENT',
    'Impact assessment report in Chinese, finished within three months before filing',
    '个人信息保护影响评估报告（中文，备案前三个月内完成）',
    '個人信息保護影響評估報告（中文，備案前三個月內完成）',
  ],
  ['UNDERTAKING', 'Undertaking', '承诺书', '承諾書'],
  ['GBA_CONTRACT', 'Signed Greater Bay Area standard contract', '已签订的大湾区标准合同', '已簽訂的大灣區標準合同'],
  [
    'GBA_IMPACT_ASSESSMENT_KEPT',
    'Impact assessment: not filed, but it must exist',
    '影响评估报告（无须提交，但须留存）',
    '影響評估報告（無須提交，但須留存）',
  ],
  ['ETHICS_REVIEW', 'Ethics review', '伦理审查意见', '倫理審查意見'],
  [
    'HGR_REPORT',
    'Prior report to the health commission, with a copy of the information',
    '向卫生健康主管部门事先报告并提交信息备份',
    '向衞生健康主管部門事先報告並提交信息備份',
  ],
  ['HGR_REVIEW', 'Security review of the information', '人类遗传资源信息安全审查', '人類遺傳資源信息安全審查'],
  ['HGR_EXIT', 'Exit certificate for the material', '人类遗传资源材料出境证明', '人類遺傳資源材料出境證明'],
  ['SECTOR_CONFIRMATION', 'Confirmation of the health authority', '卫生健康主管部门确认', '衞生健康主管部門確認'],
  [
    'CATALOGUE_CHECK',
    'Check against the catalogue of technologies, or the export licence',
    '技术目录核对结论或出口许可',
    '技術目錄核對結論或出口許可',
  ],
  [
    'ONE_PAGE_IMPACT_FORM',
    'One-page impact form, kept for three years',
    '简化影响评估表（一页，保存三年）',
    '簡化影響評估表（一頁，保存三年）',
  ],
  [
    'DPP_NOTICE',
    'Notice and purpose under data protection principles 1, 3 and 4',
    '保障资料第1、3、4原则项下的通知及目的',
    '保障資料第1、3、4原則項下的通知及目的',
  ],
  [
    'MODEL_CLAUSES',
    'Recommended model clauses or the Greater Bay Area contract',
    '建议合约条文范本或大湾区标准合同',
    '建議合約條文範本或大灣區標準合同',
  ],
  ['MO_NOTIFICATION', 'Number of the notification or authorisation', '通知或许可编号', '通知或許可編號'],
  [
    'SG_CLAUSES',
    'Clause with a comparable standard that names the countries',
    '载明可比标准及国家名称的条款',
    '載明可比標準及國家名稱的條款',
  ],
  [
    'MY_TIA',
    'Transfer impact assessment, its number and date; it expires after 36 months',
    '传输影响评估编号及日期（36个月后失效）',
    '傳輸影響評估編號及日期（36個月後失效）',
  ],
  ['VN_DOSSIER', 'Transfer impact dossier and its number', '跨境传输影响评估档案及编号', '跨境傳輸影響評估檔案及編號'],
  [
    'UK_IDTA',
    'IDTA or Addendum, and the dated risk assessment',
    'IDTA 或附录，以及注明日期的风险评估',
    'IDTA 或附錄，以及註明日期的風險評估',
  ],
  [
    'US_ORIGIN_CHECK',
    'Answer whether US persons are contained, and the no-onward clause',
    '是否包含美国人数据的答复及禁止再转移条款',
    '是否包含美國人數據的答覆及禁止再轉移條款',
  ],
]);

/** Documents by id, in the order given. */
export function documents(...ids: readonly string[]): readonly DocumentRequirement[] {
  return ids.map((id) => ({ id, text: text(id) }));
}
