import type { Words } from '../../i18n/words.js';
import type { settings as english } from '../en/settings.js';

export const settings: Words<typeof english> = {
  profile: '个人资料',
  name: '姓名',
  email: '电子邮箱',
  organisation: '所属机构',
  organisationId: '机构编号',
  roles: '角色',
  zone: '显示时区',
};
