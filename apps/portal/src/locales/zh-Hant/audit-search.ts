import type { Words } from '../../i18n/words.js';
import type { auditSearch as english } from '../en/audit-search.js';

export const auditSearch: Words<typeof english> = {
  lead: '誰做了什麼：每項紀錄都帶有前一項的雜湊。',
  export: '按鏈順序匯出',
  by: {
    actor: '操作人',
    object: '對象',
    request_id: '請求編號',
  },
  result: '結果',
  none: '沒有符合條件的紀錄',
  noneHint: '請減少篩選條件。',
  action: '操作',
  at: '時間',
  hash: '雜湊',
  lastAudit: '最近一次帳簿審計',
};
