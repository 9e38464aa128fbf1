import type { Words } from '../../i18n/words.js';
import type { demand as english } from '../en/demand.js';

export const demand: Words<typeof english> = {
  lead: '买方寻找而市场尚无的数据，数据商可在此回应。',
  post: '发布需求',
  posted: '需求已发布。',
  none: '目前没有需求',
  noneHint: '在数据目录中找不到的，可在此发布。',
  title: '一句话概括',
  need: '需求说明',
  needHint: '数据内容、时间与地区范围、频率及形式。',
  budget: '预算',
  openUntil: '截止日',
  stands: '公示时间',
  answers: '回应',
  noAnswers: '暂无回应。',
  withdraw: '撤回需求',
  withdrawn: '需求已撤回。',
  yourAnswer: '您的回应',
  answer: '回应',
  answered: '已发送给买方。',
};
