import type { ProblemWords } from '../../../i18n/words.js';
import type { billingProblems as hans } from '../../zh-Hans/problems/billing.js';

/** Invoices, fapiao, payments and disputed lines. */
export const billingProblems = {
  INVOICE_NOT_FOUND: { title: '沒有這張發票', fix: '核對編號；「發票」頁列出你的發票。' },
  INVOICE_LINE_NOT_FOUND: { title: '發票上沒有這一行', fix: '重新打開發票，選擇其中一行。' },
  INVOICE_NOT_PAYABLE: {
    title: '這張發票不能以此金額支付，或已不可支付',
    fix: '最多支付未付金額，幣種與發票相同；多出的留在買方帳上。',
  },
  INVOICE_NOT_CREDITABLE: {
    title: '不能從發票沖減這筆金額',
    fix: '沖減額須大於零，且不超過發票和該行的餘額；作廢的發票不能沖減。',
  },
  INVOICE_NOT_VOIDABLE: {
    title: '這張發票不能作廢',
    fix: '只有未結帳月份中、未收款且未沖減的發票可以作廢；其他用紅字憑證。',
  },
  PAYMENT_NOT_FOUND: { title: '發票上沒有這筆付款', fix: '選擇尚未退回的付款所對應的銀行流水。' },
  REFUND_OF_REFUND: { title: '紅字憑證不能再沖減', fix: '如紅字憑證有誤，在下一張發票中補收。' },
  OPERATION_NOT_FOUND: { title: '沒有這項操作', fix: '核對操作編號。' },
  CHARGE_TOO_LARGE: { title: '費用超出上限', fix: '核對單價和用量；用量有誤請在計量處更正。' },
  SETTLEMENT_ALARM_NOT_FOUND: { title: '沒有這條警報', fix: '重新整理警報列表後再選。' },
  FAPIAO_NOT_CNY: { title: '電子發票須以人民幣開具', fix: '只為適用內地稅制、以人民幣計價的發票申請。' },
  DISPUTE_NOT_FOUND: { title: '沒有這宗爭議', fix: '重新整理爭議列表後再選。' },
  DISPUTE_OPEN_ALREADY: { title: '這一行已有爭議', fix: '等待決定；新情況請通過你在交易所的聯絡人補充。' },
  DISPUTE_DECIDED: {
    title: '爭議先前已有不同的決定',
    fix: '決定不能更改；金額不足可另開紅字憑證，駁回有誤可重新提出爭議。',
  },
  BILLING_TERMS_NOT_FOUND: { title: '結算不知道這份許可', fix: '選擇貴機構已訂立的許可。' },
  BILLING_TERMS_NOT_YOURS: { title: '付款期限和稅務處理只能由交易所設定', fix: '只填寫採購單號；其他請聯絡交易所。' },
  PRICE_PLAN_INVALID: { title: '價格方案無法計價', fix: '逐項修正所指出的地方。' },
  SPLIT_TERMS_INVALID: {
    title: '不能按這些條件分帳',
    fix: '比例為 0 至 10000 基點的整數，合計不超過 10000，淨額與稅額同幣種。',
  },
  RATING_TERM_INVALID: { title: '月份不在許可期限之內', fix: '從 1 起編號，有效天數不超過該月天數。' },
  REFUND_TOO_LARGE: { title: '退款超過發票金額', fix: '最多退還發票的餘額。' },
} as const satisfies Record<keyof typeof hans, ProblemWords>;
