import type { Words } from '../../i18n/words.js';
import type { problem as english } from '../en/problem.js';

export const problem: Words<typeof english> = {
  offlineTitle: '交易所没有响应',
  offlineDetail: '网络或交易所暂时不可用。您填写的内容已保留。',
  offlineFix: '请检查网络连接后重试。',
  brokenTitle: '无法读取响应',
  brokenDetail: '中间环节代替交易所作出了响应，或页面存在缺陷。',
  brokenFix: '请重试；若仍未解决，请告知运营方您的操作。',
  mend: '处理办法：',
  asTold: '交易所的英文说明',
  trace: '追踪号',
  retry: '重试',
};
