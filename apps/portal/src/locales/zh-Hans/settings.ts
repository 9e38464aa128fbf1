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
  team: '本机构成员',
  noTeam: '尚未指定成员',
  noTeamHint: '指定之前，本机构的所有账户均拥有全部权限。',
  since: '加入日期',
  role: {
    owner: '所有者',
    editor: '编辑',
    finance: '财务',
    compliance: '合规',
    read_only: '只读',
  },
};
