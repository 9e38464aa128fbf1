import type { Words } from '../../i18n/words.js';
import type { customsCheck as english } from '../en/customs-check.js';

export const customsCheck: Words<typeof english> = {
  lead: '根据已知事实给出结论，只询问仍有影响的问题。无需登录，不保存任何内容。',
  back: '上一步',
  again: '重新开始',
  next: '下一步',
  question: '第 {{number}} 题',
  complete: '已无其他影响因素，结论完整。',
  finding: '结论',
  decided: '已确定',
  open: '尚未确定',
  possible: '在得知更多之前，仍有以下可能：',
  rules: '规则版本',
  countFault: '请输入整数',
};
