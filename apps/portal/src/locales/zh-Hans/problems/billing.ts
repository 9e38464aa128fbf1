import type { ProblemWordsByCode } from '../../../i18n/words.js';

/** Invoices, fapiao, payments and disputed lines. */
export const billingProblems = {
  INVOICE_NOT_FOUND: { title: '没有这张发票', fix: '核对编号；“发票”页列出您的发票。' },
  INVOICE_LINE_NOT_FOUND: { title: '发票上没有这一行', fix: '重新打开发票，选择其中一行。' },
  INVOICE_NOT_PAYABLE: {
    title: '这张发票不能以此金额支付，或已不可支付',
    fix: '最多支付未付金额，币种与发票相同；多出的留在买方账上。',
  },
  INVOICE_NOT_CREDITABLE: {
    title: '不能从发票冲减这笔金额',
    fix: '冲减额须大于零，且不超过发票和该行的余额；作废的发票不能冲减。',
  },
  INVOICE_NOT_VOIDABLE: {
    title: '这张发票不能作废',
    fix: '只有未结账月份中、未收款且未冲减的发票可以作废；其他用红字凭证。',
  },
  PAYMENT_NOT_FOUND: { title: '发票上没有这笔付款', fix: '选择尚未退回的付款所对应的银行流水。' },
  REFUND_OF_REFUND: { title: '红字凭证不能再冲减', fix: '如红字凭证有误，在下一张发票中补收。' },
  OPERATION_NOT_FOUND: { title: '没有这项操作', fix: '核对操作编号。' },
  CHARGE_TOO_LARGE: { title: '费用超出上限', fix: '核对单价和用量；用量有误请在计量处更正。' },
  SETTLEMENT_ALARM_NOT_FOUND: { title: '没有这条警报', fix: '刷新警报列表后再选。' },
  FAPIAO_NOT_CNY: { title: '电子发票须以人民币开具', fix: '只为适用内地税制、以人民币计价的发票申请。' },
  DISPUTE_NOT_FOUND: { title: '没有这宗争议', fix: '刷新争议列表后再选。' },
  DISPUTE_OPEN_ALREADY: { title: '这一行已有争议', fix: '等待决定；新情况请通过您在交易所的联系人补充。' },
  DISPUTE_DECIDED: {
    title: '争议先前已有不同的决定',
    fix: '决定不能更改；金额不足可另开红字凭证，驳回有误可重新提出争议。',
  },
  BILLING_TERMS_NOT_FOUND: { title: '结算不知道这份许可', fix: '选择贵机构已订立的许可。' },
  BILLING_TERMS_NOT_YOURS: { title: '付款期限和税务处理只能由交易所设定', fix: '只填写采购单号；其他请联系交易所。' },
  PRICE_PLAN_INVALID: { title: '价格方案无法计价', fix: '逐项修正所指出的地方。' },
  SPLIT_TERMS_INVALID: {
    title: '不能按这些条件分账',
    fix: '比例为 0 至 10000 基点的整数，合计不超过 10000，净额与税额同币种。',
  },
  RATING_TERM_INVALID: { title: '月份不在许可期限之内', fix: '从 1 起编号，有效天数不超过该月天数。' },
  REFUND_TOO_LARGE: { title: '退款超过发票金额', fix: '最多退还发票的余额。' },
} as const satisfies ProblemWordsByCode;
