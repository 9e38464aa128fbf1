import type { Words } from '../../i18n/words.js';
import type { customsCheck as english } from '../en/customs-check.js';

export const customsCheck: Words<typeof english> = {
  lead: '根據已知事實給出結論，只詢問仍有影響的問題。無須登入，不保存任何內容。',
  back: '上一步',
  again: '重新開始',
  next: '下一步',
  question: '第 {{number}} 題',
  complete: '已無其他影響因素，結論完整。',
  finding: '結論',
  decided: '已確定',
  open: '尚未確定',
  possible: '在得知更多之前，仍有以下可能：',
  rules: '規則版本',
  countFault: '請輸入整數',
};
