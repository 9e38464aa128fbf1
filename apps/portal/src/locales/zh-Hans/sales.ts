import type { Words } from '../../i18n/words.js';
import type { sales as english } from '../en/sales.js';

export const sales: Words<typeof english> = {
  lead: '各产品被谁使用了多少，以及相应金额。',
  month: '月份',
  unpriced: '不计费',
  nothing: '{{month}}没有使用记录',
  byBuyer: '按买方与许可',
  quantity: '数量',
  events: '记录数',
  charged: '计费',
  notYet: '月末结账后',
  few: '少于 {{floor}}',
  floorHint: '少于 {{floor}} 人的人数不予显示：人数过少容易被识别。',
  endpoints: '按接口',
  endpointsHint: '经交易所转发的最近 {{count}} 次调用。',
  noCalls: '尚无经交易所转发的调用',
  endpoint: '接口',
  calls: '调用',
  failed: '失败或被拒',
  bytes: '发送量',
};
