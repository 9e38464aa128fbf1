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
};
