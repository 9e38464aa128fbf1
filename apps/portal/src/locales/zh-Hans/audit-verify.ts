import type { Words } from '../../i18n/words.js';
import type { auditVerify as english } from '../en/audit-verify.js';

export const auditVerify: Words<typeof english> = {
  lead: '粘贴回执：签名、包含性与一致性均在本浏览器中计算。',
  receipt: '回执',
  where: 'hetao-receipt-v1 格式的 JSON，可从交易所的任一存证记录取得。',
  verify: '验证',
  result: '结果',
  holds: '回执有效：条目在日志中，且日志此后只增不改。',
  fails: '回执无效，原因见红色步骤。',
  step: {
    format: '是一份回执',
    signer: '日志签署了该状态',
    inclusion: '条目包含在该状态中',
    consistency: '当前日志延续该状态',
  },
  notReached: '未执行',
};
