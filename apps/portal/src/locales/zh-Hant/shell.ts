import type { Words } from '../../i18n/words.js';
import type { shell as english } from '../en/shell.js';

export const shell: Words<typeof english> = {
  brand: '河套數據交易所',
  skip: '跳到正文',
  menu: '主選單',
  demo: '示範數據',
  search: '搜尋數據目錄',
  language: '語言',
  theme: '淺色或深色',
  signIn: '登入',
  signOut: '登出',
  switchPersona: '切換示範身分',
  dismiss: '關閉',
  toHome: '返回首頁',
  notFoundTitle: '沒有此頁面',
  notFound: '此地址沒有對應內容，可能有誤或對象從未存在。',
  forbiddenTitle: '此頁面供其他角色使用',
  forbidden: '你的帳戶無權使用此頁面。請由所屬機構的成員管理員授予相應角色。',
  failedTitle: '頁面無法顯示',
  reload: '重新載入',
  sessionEndingTitle: '工作階段將於兩分鐘後結束',
  sessionEnding: '已有一段時間未操作。選擇「繼續使用」即可保持登入。',
  stay: '繼續使用',
  sessionEndedTitle: '工作階段已結束',
  sessionEnded: '你填寫的內容沒有遺失：重新登入後將回到此頁面。',
  signInAgain: '重新登入',
};
