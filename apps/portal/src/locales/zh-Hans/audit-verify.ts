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
  asFound: '证明的原文',
  why: {
    checkpoint_malformed: '回执中的检查点不是有效的检查点。',
    checkpoint_forged: '日志签名缺失，或签的是另一段文字。',
    log_unknown: '回执所指的日志，其公钥不属于本交易所。',
    witness_missing: '签署该状态的见证方不足。',
    receipt_malformed: '这不是一份完整的该格式回执。',
    inclusion_invalid: '路径不能从该条目推至已签名的状态：条目、位置或路径已被改动。',
    statement_malformed: '条目中的声明无法读取。',
    statement_forged: '声明的签名与内容不符。',
    record_malformed: '记录无法读取。',
    record_mismatch: '该记录与登记的记录不同。',
    checkpoint_untrusted: '日志的当前状态并非由该日志签名。',
    wrong_log: '应答的是另一日志。',
    rolled_back: '日志比当时更短：有条目被撤回。',
    fork: '当前日志没有延续该状态：日志已被改写。',
  },
};
