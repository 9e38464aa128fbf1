import type { Words } from '../../i18n/words.js';
import type { closeCheck as english } from '../en/close-check.js';

export const closeCheck: Words<typeof english> = {
  PERIOD_NOT_OVER: '當月至 {{time}} 結束。',
  usageNotClosed: '計量尚未確認當月用量已截止。',
  usageMissing: '應到 {{expected}} 份協議的用量，已到 {{arrived}} 份。',
  termsMissing: '已有用量但條款尚未到達的協議：{{count}} 份（{{agreements}}）。',
  INVOICES_MISSING: '用量已計價但沒有發票的協議：{{count}} 份。',
  INVOICES_DRAFT: '仍為草稿的發票：{{count}} 張。',
  DISPUTES_OPEN: '爭議中的發票：{{count}} 張。',
  ADJUSTMENTS_OWED: '以前月份的更正尚未補收或退還：{{count}} 筆。',
  INVOICES_UNPAID: '尚未付清的發票：{{count}} 張。',
  SHARES_NOT_PAID_OUT: '仍有份額未列入付款的發票：{{count}} 張。',
  PAYOUTS_NOT_SETTLED: '已發起但尚未見於銀行對帳單的付款：{{count}} 筆。',
  STATEMENTS_MISSING: '期初餘額與上一期不銜接的銀行對帳單：{{count}} 份。',
  BANK_LINES_OPEN: '涉及當月或於當月入帳、尚待處理的銀行流水：{{count}} 筆。',
  ALARMS_OPEN: '尚未處理的帳務核查警報：{{count}} 項。',
  rateMissing: '缺少 {{day}}的 {{pair}} 匯率。',
  leftInvoiced: '發票清算帳戶尚有餘額：{{amount}}。',
  leftBankIn: '銀行收款清算帳戶尚有餘額：{{amount}}。',
  leftBankOut: '銀行付款清算帳戶尚有餘額：{{amount}}。',
  unequal: '{{left}} − {{right}} = {{amount}}。',
};
