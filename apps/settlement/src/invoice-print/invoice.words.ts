import type { PrintLanguage } from '@hetao/documents';
import type { InvoiceStatus } from '../invoice/invoice.dto.js';

/** What an invoice says in one language. */
export interface InvoiceWords {
  readonly title: string;
  readonly draft: string;
  readonly seller: string;
  readonly buyer: string;
  readonly number: string;
  readonly period: string;
  readonly issued: string;
  readonly due: string;
  readonly purchaseOrder: string;
  readonly status: string;
  readonly statuses: Readonly<Record<InvoiceStatus, string>>;
  readonly columns: readonly [string, string, string, string];
  readonly tax: (rate: string, jurisdiction: string) => string;
  readonly net: string;
  readonly gross: string;
  readonly credited: string;
  readonly paid: string;
  readonly outstanding: string;
  readonly inWords: string;
  readonly rules: string;
  readonly rates: string;
  readonly noTax: Readonly<Record<'export' | 'reverse_charge', string>>;
  readonly reference: (number: string) => string;
  readonly notFapiao: string;
  readonly footer: string;
}

const en: InvoiceWords = {
  title: 'Invoice',
  draft: 'Draft — not an invoice',
  seller: 'Seller',
  buyer: 'Buyer',
  number: 'Number',
  period: 'Period',
  issued: 'Issued',
  due: 'Due',
  purchaseOrder: 'Purchase order',
  status: 'Status',
  statuses: {
    draft: 'draft',
    issued: 'open',
    overdue: 'overdue',
    part_paid: 'paid in part',
    paid: 'paid',
    credited: 'credited',
    void: 'void',
  },
  columns: ['No.', 'Item', 'Quantity', 'Amount'],
  tax: (rate, jurisdiction) => `Tax ${rate} (${jurisdiction})`,
  net: 'Net',
  gross: 'Total',
  credited: 'Credited',
  paid: 'Paid',
  outstanding: 'Outstanding',
  inWords: 'In words',
  rules: 'Rules of calculation',
  rates: 'Exchange rates used',
  noTax: {
    export: 'Export of services: no tax is charged.',
    reverse_charge: 'Reverse charge: the customer accounts for the tax.',
  },
  reference: (number) => `Please state ${number} as the reference of your payment.`,
  notFapiao: 'This document is not a fapiao.',
  footer: 'Hetao Exchange',
};

const hans: InvoiceWords = {
  title: '结算账单',
  draft: '草稿，并非正式账单',
  seller: '卖方',
  buyer: '买方',
  number: '账单编号',
  period: '结算期',
  issued: '开具日期',
  due: '付款期限',
  purchaseOrder: '采购订单号',
  status: '状态',
  statuses: {
    draft: '草稿',
    issued: '未付',
    overdue: '逾期',
    part_paid: '部分付款',
    paid: '已付',
    credited: '已冲销',
    void: '作废',
  },
  columns: ['序号', '项目', '数量', '金额'],
  tax: (rate, jurisdiction) => `税额 ${rate}（${jurisdiction}）`,
  net: '不含税金额',
  gross: '价税合计',
  credited: '已冲减',
  paid: '已付',
  outstanding: '待付',
  inWords: '大写金额',
  rules: '计算规则',
  rates: '所用汇率',
  noTax: { export: '出口服务，不计税。', reverse_charge: '逆向征税：由买方申报缴纳。' },
  reference: (number) => `付款时请注明编号 ${number}。`,
  notFapiao: '本账单不是发票。',
  footer: '河套数据交易所',
};

const hant: InvoiceWords = {
  title: '結算帳單',
  draft: '草稿，並非正式帳單',
  seller: '賣方',
  buyer: '買方',
  number: '帳單編號',
  period: '結算期',
  issued: '開立日期',
  due: '付款期限',
  purchaseOrder: '採購訂單號',
  status: '狀態',
  statuses: {
    draft: '草稿',
    issued: '未付',
    overdue: '逾期',
    part_paid: '部分付款',
    paid: '已付',
    credited: '已沖銷',
    void: '作廢',
  },
  columns: ['序號', '項目', '數量', '金額'],
  tax: (rate, jurisdiction) => `稅額 ${rate}（${jurisdiction}）`,
  net: '未稅金額',
  gross: '含稅總額',
  credited: '已沖減',
  paid: '已付',
  outstanding: '待付',
  inWords: '大寫金額',
  rules: '計算規則',
  rates: '所用匯率',
  noTax: { export: '服務出口，不計稅。', reverse_charge: '反向徵稅：由買方申報繳納。' },
  reference: (number) => `付款時請註明編號 ${number}。`,
  notFapiao: '本帳單並非內地發票。',
  footer: '河套數據交易所',
};

export const invoiceWords: Readonly<Record<PrintLanguage, InvoiceWords>> = { en, 'zh-Hans': hans, 'zh-Hant': hant };
