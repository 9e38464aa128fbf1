import type { Words } from '../../i18n/words.js';
import type { auditSearch as english } from '../en/audit-search.js';

export const auditSearch: Words<typeof english> = {
  lead: '谁做了什么：每条记录都带有前一条的哈希。',
  export: '按链顺序导出',
  by: {
    actor: '操作人',
    object: '对象',
    request_id: '请求编号',
  },
  result: '结果',
  none: '没有符合条件的记录',
  noneHint: '请减少筛选条件。',
  action: '操作',
  at: '时间',
  hash: '哈希',
  lastAudit: '最近一次账簿审计',
};
