import type { Words } from '../../i18n/words.js';
import type { opsDisputes as english } from '../en/ops-disputes.js';

export const opsDisputes: Words<typeof english> = {
  lead: '有争议的发票行在决定之前冻结；争议成立的将开具红字凭证。',
  none: '没有争议',
  noneHint: '新的争议会出现在这里和待办中。',
  line: '第 {{line}} 行',
  net: '不含税',
  tax: '税额',
  decision: '决定',
  creditNote: '红字凭证',
  uphold: '支持并冲减',
  upholdHint: '将对该行开具红字凭证；买方会看到原因。',
  reject: '不予支持',
  rejectHint: '该行恢复应付；买方会看到原因。',
  decided: '争议已决定',
  ground: {
    delivery: '交付',
    quality: '质量',
    payment: '付款',
    use: '使用',
    other: '其他',
  },
  proposal: '和解方案',
  mediate: '调解',
  mediateHint: '双方都会看到您的意见。',
  mediating: '已进入调解',
};
