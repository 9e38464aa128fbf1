import type { Words } from '../../i18n/words.js';
import type { declaration as english } from '../en/declaration.js';

export const declaration: Words<typeof english> = {
  lead: '數據出境申報：輪到誰處理、期限何時。',
  none: '尚未有申報',
  noneHint: '由數據提供方申報，可先查詢適用路徑。',
  title: '申報內容',
  exporter: '數據提供方',
  recipient: '境外接收方',
  due: '期限',
  clocks: '法定時限',
  clock: '事項',
  turn: '責任方',
  by: {
    exporter: '數據提供方',
    authority: '主管部門',
  },
  since: '起算日',
  met: '已完成',
  paused: '已中止',
  runs: '計算中',
  pathway: '適用路徑',
  rules: '規則版本',
  official: '官方文號',
};
