import type { Words } from '../../i18n/words.js';
import type { kit as english } from '../en/kit.js';

export const kit: Words<typeof english> = {
  copy: '复制 {{what}}',
  copied: '已复制',
  asCurl: 'curl 命令',
  keyHint: '$KEY 为贵机构的 API 密钥，可在此创建。',
  filters: '筛选',
  all: '全部',
  more: '显示更多',
  shownOfMore: '已显示 {{count}} 条，还有更多',
  shownAll: '共 {{count}} 条',
  csv: 'CSV',
  saved: '已保存 {{count}} 行',
  notSaved: '未能生成文件：部分数据读取失败，请重试。',
  typeName: '请输入 {{name}} 以继续',
  staleTitle: '其他人已保存了更改',
  staleDetail: '以下为您的版本与已保存版本的差异，您的内容没有丢失。',
  field: '字段',
  mine: '您的版本',
  theirs: '已保存版本',
  keepMine: '以我的版本覆盖',
  takeTheirs: '采用已保存版本',
  status: '状态',
  product: '数据产品',
  history: '历史记录',
  asTable: '以表格查看',
};
