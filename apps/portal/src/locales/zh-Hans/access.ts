import type { Words } from '../../i18n/words.js';
import type { access as english } from '../en/access.js';

export const access: Words<typeof english> = {
  lead: '本机构当前可使用的产品，以及尚待完成的事项。',
  none: '还没有可使用的产品',
  noneHint: '双方签署且跨境数据经数据海关放行后即可使用。',
  for: '用途',
  release: '数据海关',
  use: '使用',
  noQuota: '无配额限制',
  noBorder: '不跨境',
  noRelease: '尚未放行',
};
