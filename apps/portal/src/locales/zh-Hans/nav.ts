import type { Words } from '../../i18n/words.js';
import type { nav as english } from '../en/nav.js';

export const nav: Words<typeof english> = {
  home: '首页',
  catalog: '数据目录',
  developers: '开发者',
  exchange: '交易所',
  settings: '设置',
  requests: '使用申请',
  contracts: '许可',
  access: '我的访问权',
  usage: '使用量',
  invoices: '发票',
  demand: '需求板',
  customsCheck: '跨境政策查询',
  declarations: '数据出境申报',
  keys: 'API 密钥',
  webhooks: '事件通知',
  logs: '调用记录',
  proofs: '存证与验证',
  inbox: '待办',
  listingReview: '上市审核',
  clearance: '放行',
  reconciliation: '对账',
  participants: '参与方',
  disputes: '争议',
  system: '系统',
};
