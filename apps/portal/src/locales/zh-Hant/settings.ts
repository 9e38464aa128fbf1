import type { Words } from '../../i18n/words.js';
import type { settings as english } from '../en/settings.js';

export const settings: Words<typeof english> = {
  profile: '個人資料',
  name: '姓名',
  email: '電郵',
  organisation: '所屬機構',
  organisationId: '機構編號',
  roles: '角色',
  zone: '顯示時區',
};
