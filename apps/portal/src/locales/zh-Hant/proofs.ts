import type { Words } from '../../i18n/words.js';
import type { proofs as english } from '../en/proofs.js';

export const proofs: Words<typeof english> = {
  lead: '透明日誌僅保存哈希值，不保存數據。持有檔案者可證明其已登記。',
  hash: '數據指紋',
  drop: '將檔案拖到此處，或點按選擇',
  stays: '檔案僅在本瀏覽器中讀取，不會上傳。',
  verify: '驗證憑證',
  verifyLead: '逐步驗證，亦可離線進行：斷網後頁面仍可使用。',
  open: '開啟驗證工具',
  log: '日誌公鑰',
};
