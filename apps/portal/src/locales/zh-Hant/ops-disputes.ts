import type { Words } from '../../i18n/words.js';
import type { opsDisputes as english } from '../en/ops-disputes.js';

export const opsDisputes: Words<typeof english> = {
  lead: '有爭議的發票行在決定之前凍結；爭議成立的將開具紅字憑證。',
  none: '沒有爭議',
  noneHint: '新的爭議會出現在這裏和待辦中。',
  line: '第 {{line}} 行',
  net: '不含稅',
  tax: '稅額',
  decision: '決定',
  creditNote: '紅字憑證',
  uphold: '支持並沖減',
  upholdHint: '將對該行開具紅字憑證；買方會看到原因。',
  reject: '不予支持',
  rejectHint: '該行恢復應付；買方會看到原因。',
  decided: '爭議已決定',
  ground: {
    delivery: '交付',
    quality: '質量',
    payment: '付款',
    use: '使用',
    other: '其他',
  },
  proposal: '和解方案',
  mediate: '調解',
  mediateHint: '雙方都會看到您的意見。',
  mediating: '已進入調解',
};
