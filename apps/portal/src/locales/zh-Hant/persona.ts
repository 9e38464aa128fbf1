import type { Words } from '../../i18n/words.js';
import type { persona as english } from '../en/persona.js';

export const persona: Words<typeof english> = {
  buyer: '數據買方',
  merchant: '數據商',
  operator: '營運方',
  auditor: '審計方',
};
