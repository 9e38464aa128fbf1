import type { Words } from '../../i18n/words.js';
import type { kit as english } from '../en/kit.js';

export const kit: Words<typeof english> = {
  copy: '複製 {{what}}',
  copied: '已複製',
  asCurl: 'curl 指令',
  keyHint: '$KEY 為貴機構的 API 金鑰，可在此建立。',
  filters: '篩選',
  all: '全部',
  more: '顯示更多',
  shownOfMore: '已顯示 {{count}} 項，尚有更多',
  shownAll: '共 {{count}} 項',
  csv: 'CSV',
  saved: '已儲存 {{count}} 行',
  notSaved: '未能產生檔案：部分數據讀取失敗，請再試。',
  typeName: '請輸入 {{name}} 以繼續',
  staleTitle: '其他人已儲存更改',
  staleDetail: '以下為你的版本與已儲存版本的差異，你的內容沒有遺失。',
  field: '欄位',
  mine: '你的版本',
  theirs: '已儲存版本',
  keepMine: '以我的版本覆蓋',
  takeTheirs: '採用已儲存版本',
  status: '狀態',
  product: '數據產品',
  history: '歷史紀錄',
  asTable: '以表格檢視',
};
