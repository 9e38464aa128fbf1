import type { Words } from '../../i18n/words.js';
import type { persona as english } from '../en/persona.js';

export const persona: Words<typeof english> = {
  buyer: '数据买方',
  merchant: '数据商',
  operator: '运营方',
  auditor: '审计方',
};
