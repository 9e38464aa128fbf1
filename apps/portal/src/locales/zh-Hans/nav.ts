import type { Words } from '../../i18n/words.js';
import type { nav as english } from '../en/nav.js';

export const nav: Words<typeof english> = {
  home: '首页',
  catalog: '数据目录',
  developers: '开发者',
  exchange: '交易所',
  settings: '设置',
};
