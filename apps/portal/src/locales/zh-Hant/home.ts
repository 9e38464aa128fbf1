import type { Words } from '../../i18n/words.js';
import type { home as english } from '../en/home.js';

export const home: Words<typeof english> = {
  hello: '{{name}}，你好',
  needsTitle: '待你處理',
  nothing: '目前沒有待辦事項',
  nothingHint: '有新事項時會自動顯示在此處。',
  numbersTitle: '概覽',
  contractsInForce: '生效中的許可',
  openInvoices: '待付發票',
  outstanding: '待付金額',
  products: '在市數據產品',
  find: '尋找數據',
  buyer: {
    sign_other: '{{count}} 份許可待你簽署',
    signHint: '雙方簽署後即生效。',
    overdue_other: '{{count}} 張發票已逾期',
    due_other: '{{count}} 張發票待付款',
    dueHint: '付款附言請註明發票號碼。',
    offered_other: '{{count}} 家數據商向你報價',
    offeredHint: '可接納、還價或撤回申請。',
    approval_other: '{{count}} 項交易待審批',
    approvalHint: '超出單人可簽署的限額。',
  },
};
