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
  team: '本機構成員',
  noTeam: '尚未指定成員',
  noTeamHint: '指定之前，本機構的所有帳戶均擁有全部權限。',
  since: '加入日期',
  role: {
    owner: '擁有者',
    editor: '編輯',
    finance: '財務',
    compliance: '合規',
    read_only: '唯讀',
  },
};
