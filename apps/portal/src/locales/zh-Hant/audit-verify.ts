import type { Words } from '../../i18n/words.js';
import type { auditVerify as english } from '../en/audit-verify.js';

export const auditVerify: Words<typeof english> = {
  lead: '貼上回執：簽署、包含性與一致性均在本瀏覽器中計算。',
  receipt: '回執',
  where: 'hetao-receipt-v1 格式的 JSON，可從交易所的任一存證紀錄取得。',
  verify: '驗證',
  result: '結果',
  holds: '回執有效：條目在日誌中，且日誌此後只增不改。',
  fails: '回執無效，原因見紅色步驟。',
  step: {
    format: '是一份回執',
    signer: '日誌簽署了該狀態',
    inclusion: '條目包含在該狀態中',
    consistency: '目前日誌延續該狀態',
  },
  notReached: '未執行',
  asFound: '證明的原文',
  why: {
    checkpoint_malformed: '回執中的檢查點並非有效的檢查點。',
    checkpoint_forged: '日誌簽署缺失，或簽的是另一段文字。',
    log_unknown: '回執所指的日誌，其公鑰不屬於本交易所。',
    witness_missing: '簽署該狀態的見證方不足。',
    receipt_malformed: '這不是一份完整的該格式回執。',
    inclusion_invalid: '路徑不能由該條目推至已簽署的狀態：條目、位置或路徑已被改動。',
    statement_malformed: '條目中的聲明無法讀取。',
    statement_forged: '聲明的簽署與內容不符。',
    record_malformed: '紀錄無法讀取。',
    record_mismatch: '該紀錄與登記的紀錄不同。',
    checkpoint_untrusted: '日誌的目前狀態並非由該日誌簽署。',
    wrong_log: '應答的是另一日誌。',
    rolled_back: '日誌比當時更短：有條目被撤回。',
    fork: '目前的日誌沒有延續該狀態：日誌已被改寫。',
  },
};
