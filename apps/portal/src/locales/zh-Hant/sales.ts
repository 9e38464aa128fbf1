import type { Words } from '../../i18n/words.js';
import type { sales as english } from '../en/sales.js';

export const sales: Words<typeof english> = {
  lead: '各產品被誰使用了多少，以及相應金額。',
  month: '月份',
  unpriced: '不計費',
  nothing: '{{month}}沒有使用紀錄',
  byBuyer: '按買方與許可',
  quantity: '數量',
  events: '紀錄數',
  charged: '計費',
  notYet: '月底結帳後',
  few: '少於 {{floor}}',
  floorHint: '少於 {{floor}} 人的人數不予顯示：人數過少容易被識別。',
  endpoints: '按端點',
  endpointsHint: '經交易所轉發的最近 {{count}} 次呼叫。',
  noCalls: '尚無經交易所轉發的呼叫',
  endpoint: '端點',
  calls: '呼叫',
  failed: '失敗或被拒',
  bytes: '傳送量',
};
