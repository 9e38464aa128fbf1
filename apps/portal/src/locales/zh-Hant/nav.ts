import type { Words } from '../../i18n/words.js';
import type { nav as english } from '../en/nav.js';

export const nav: Words<typeof english> = {
  home: '首頁',
  catalog: '數據目錄',
  developers: '開發者',
  exchange: '交易所',
  settings: '設定',
  requests: '使用申請',
  contracts: '許可',
  access: '我的存取權',
  usage: '使用量',
  invoices: '發票',
  demand: '需求板',
  customsCheck: '跨境政策查詢',
  declarations: '數據出境申報',
  keys: 'API 金鑰',
  webhooks: '事件通知',
  logs: '調用紀錄',
  proofs: '存證與驗證',
  inbox: '待辦',
  listingReview: '上市審核',
  clearance: '放行',
  reconciliation: '對帳',
  participants: '參與方',
  disputes: '爭議',
  system: '系統',
};
