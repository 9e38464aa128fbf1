import type { Words } from '../../i18n/words.js';
import type { merchantHome as english } from '../en/merchant-home.js';

export const merchantHome: Words<typeof english> = {
  request_other: '{{count}} 位买方申请使用',
  requestHint: '每项申请旁都列出您的使用政策给出的判断。',
  sign_other: '{{count}} 份许可待您签署',
  signHint: '双方均签署后，许可才具约束力。',
  returned_other: '{{count}} 项挂牌被退回',
  returnedHint: '审核人的意见标注在相应字段旁。',
  answer_other: '{{count}} 份申报被数据海关退回补正',
  answerHint: '请答复后再次提交，补正期限正在计算。',
  onboarding: '您的入驻尚未完成',
  onboardingHint: '未完成入驻前，您的产品不能挂牌。',
  payout_other: '{{count}} 笔付款被银行退回',
  payoutHint: '多数情况是收款账户有误。',
  approval_other: '{{count}} 笔交易待审批',
  approvalHint: '金额超过一人可代表贵机构承诺的限额。',
  draft_other: '{{count}} 份草稿尚未提交',
  draftHint: '可在向导中或以文件方式完成。',
  licences: '生效中的许可',
  listed: '已挂牌产品',
  paidOut: '{{month}}已付款',
  paidOutNever: '已付款',
};
