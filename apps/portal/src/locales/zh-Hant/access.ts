import type { Words } from '../../i18n/words.js';
import type { access as english } from '../en/access.js';

export const access: Words<typeof english> = {
  lead: '本機構目前可使用的產品，以及尚待完成的事項。',
  none: '尚未有可使用的產品',
  noneHint: '雙方簽署且跨境數據經數據海關放行後即可使用。',
  for: '用途',
  release: '數據海關',
  use: '使用',
  noQuota: '無配額限制',
  noBorder: '不跨境',
  noRelease: '尚未放行',
};
