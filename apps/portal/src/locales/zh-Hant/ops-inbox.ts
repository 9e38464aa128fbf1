import type { Words } from '../../i18n/words.js';
import type { opsInbox as english } from '../en/ops-inbox.js';

export const opsInbox: Words<typeof english> = {
  lead: '所有等待交易所處理的事項，逾期的排在最前。',
  queue: '隊列',
  queues: {
    listings: '待審核上市',
    participants: '待審核入駐',
    declarations: '待處理申報',
    holds: '布控',
    exceptions: '未對上的款項',
    invoiceDisputes: '有爭議的發票行',
    agreementDisputes: '合約爭議',
    bankDetails: '待批准的銀行帳戶',
    alarms: '警報',
  },
  late_other: '{{count}} 項逾期',
  none: '沒有待辦事項',
  noneHint: '新事項會自動出現在這裏。',
  case: '事項',
  since: '等待起始',
  due: '期限',
  overdue: '逾期：{{day}}',
  oldest: '最早 {{when}}',
  allWaiting: '待辦總數',
  pastClock: '已逾期',
  oldestCase: '最早的事項',
};
