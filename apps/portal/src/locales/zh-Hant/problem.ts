import type { Words } from '../../i18n/words.js';
import type { problem as english } from '../en/problem.js';

export const problem: Words<typeof english> = {
  offlineTitle: '交易所沒有回應',
  offlineDetail: '網絡或交易所暫時無法使用。你填寫的內容已保留。',
  offlineFix: '請檢查網絡連線後再試。',
  brokenTitle: '無法讀取回應',
  brokenDetail: '中間環節代替交易所作出了回應，或頁面存在缺陷。',
  brokenFix: '請再試；若仍未解決，請告知營運方你的操作。',
  mend: '處理方法：',
  asTold: '交易所的英文說明',
  trace: '追蹤編號',
  retry: '再試',
};
