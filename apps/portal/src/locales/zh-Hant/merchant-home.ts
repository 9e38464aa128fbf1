import type { Words } from '../../i18n/words.js';
import type { merchantHome as english } from '../en/merchant-home.js';

export const merchantHome: Words<typeof english> = {
  request_other: '{{count}} 位買方申請使用',
  requestHint: '每項申請旁都列出您的使用政策給出的判斷。',
  sign_other: '{{count}} 份許可待您簽署',
  signHint: '雙方均簽署後，許可才具約束力。',
  returned_other: '{{count}} 項掛牌被退回',
  returnedHint: '審核人的意見標註在相應欄位旁。',
  answer_other: '{{count}} 份申報被數據海關退回補正',
  answerHint: '請答覆後再次提交，補正期限正在計算。',
  onboarding: '您的入駐尚未完成',
  onboardingHint: '未完成入駐前，您的產品不能掛牌。',
  payout_other: '{{count}} 筆付款被銀行退回',
  payoutHint: '多數情況是收款帳戶有誤。',
  approval_other: '{{count}} 筆交易待審批',
  approvalHint: '金額超過一人可代表貴機構承諾的限額。',
  draft_other: '{{count}} 份草稿尚未提交',
  draftHint: '可在精靈中或以檔案方式完成。',
  licences: '生效中的許可',
  listed: '已掛牌產品',
  paidOut: '{{month}}已付款',
  paidOutNever: '已付款',
};
