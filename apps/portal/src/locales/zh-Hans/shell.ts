import type { Words } from '../../i18n/words.js';
import type { shell as english } from '../en/shell.js';

export const shell: Words<typeof english> = {
  brand: '河套数据交易所',
  skip: '跳到正文',
  menu: '主菜单',
  demo: '演示数据',
  search: '搜索数据目录',
  language: '语言',
  theme: '浅色或深色',
  signIn: '登录',
  signOut: '退出登录',
  switchPersona: '切换演示身份',
  dismiss: '关闭',
  toHome: '返回首页',
  notFoundTitle: '没有此页面',
  notFound: '该地址没有对应内容，可能有误或对象从未存在。',
  forbiddenTitle: '此页面供其他角色使用',
  forbidden: '您的账户无权使用此页面。请由本机构的成员管理员授予相应角色。',
  failedTitle: '页面无法显示',
  reload: '重新加载',
  sessionEndingTitle: '会话将在两分钟后结束',
  sessionEnding: '已有一段时间未操作。选择“继续使用”即可保持登录。',
  stay: '继续使用',
  sessionEndedTitle: '会话已结束',
  sessionEnded: '您填写的内容没有丢失：重新登录后将回到此页面。',
  signInAgain: '重新登录',
};
