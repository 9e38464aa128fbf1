import type { Words } from '../../i18n/words.js';
import type { closeCheck as english } from '../en/close-check.js';

export const closeCheck: Words<typeof english> = {
  PERIOD_NOT_OVER: '当月至 {{time}} 结束。',
  usageNotClosed: '计量尚未确认当月用量已截止。',
  usageMissing: '应到 {{expected}} 份协议的用量，已到 {{arrived}} 份。',
  termsMissing: '已有用量但条款尚未到达的协议：{{count}} 份（{{agreements}}）。',
  INVOICES_MISSING: '用量已计价但没有发票的协议：{{count}} 份。',
  INVOICES_DRAFT: '仍为草稿的发票：{{count}} 张。',
  DISPUTES_OPEN: '争议中的发票：{{count}} 张。',
  ADJUSTMENTS_OWED: '以前月份的更正尚未补收或退还：{{count}} 笔。',
  INVOICES_UNPAID: '尚未付清的发票：{{count}} 张。',
  SHARES_NOT_PAID_OUT: '仍有份额未列入付款的发票：{{count}} 张。',
  PAYOUTS_NOT_SETTLED: '已发起但尚未见于银行对账单的付款：{{count}} 笔。',
  STATEMENTS_MISSING: '期初余额与上一期不衔接的银行对账单：{{count}} 份。',
  BANK_LINES_OPEN: '涉及当月或于当月入账、尚待处理的银行流水：{{count}} 条。',
  ALARMS_OPEN: '尚未处理的账务核查警报：{{count}} 项。',
  rateMissing: '缺少 {{day}}的 {{pair}} 汇率。',
  leftInvoiced: '发票清算账户尚有余额：{{amount}}。',
  leftBankIn: '银行收款清算账户尚有余额：{{amount}}。',
  leftBankOut: '银行付款清算账户尚有余额：{{amount}}。',
  unequal: '{{left}} − {{right}} = {{amount}}。',
};
