import type { Words } from '../../i18n/words.js';
import type { opsInbox as english } from '../en/ops-inbox.js';

export const opsInbox: Words<typeof english> = {
  lead: '所有等待交易所处理的事项，超期的排在最前。',
  queue: '队列',
  queues: {
    listings: '待审核上市',
    participants: '待审核入驻',
    declarations: '待处理申报',
    holds: '布控',
    exceptions: '未对上的款项',
    invoiceDisputes: '有争议的发票行',
    agreementDisputes: '合同争议',
    bankDetails: '待批准的银行账户',
    alarms: '警报',
  },
  late_other: '{{count}} 项超期',
  none: '没有待办事项',
  noneHint: '新事项会自动出现在这里。',
  case: '事项',
  since: '等待起始',
  due: '期限',
  overdue: '超期：{{day}}',
  oldest: '最早 {{when}}',
  allWaiting: '待办总数',
  pastClock: '已超期',
  oldestCase: '最早的事项',
};
