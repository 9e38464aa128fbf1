import type { Words } from '../../i18n/words.js';
import type { declaration as english } from '../en/declaration.js';

export const declaration: Words<typeof english> = {
  lead: '数据出境申报：轮到谁处理、期限何时。',
  none: '还没有申报',
  noneHint: '由数据提供方申报，可先查询适用路径。',
  title: '申报内容',
  exporter: '数据提供方',
  recipient: '境外接收方',
  due: '期限',
  clocks: '法定时限',
  clock: '事项',
  turn: '责任方',
  by: {
    exporter: '数据提供方',
    authority: '主管部门',
  },
  since: '起算日',
  met: '已完成',
  paused: '已中止',
  runs: '计算中',
  pathway: '适用路径',
  rules: '规则版本',
  official: '官方文号',
};
