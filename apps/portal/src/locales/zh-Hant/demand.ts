import type { Words } from '../../i18n/words.js';
import type { demand as english } from '../en/demand.js';

export const demand: Words<typeof english> = {
  lead: '買方尋找而市場尚無的數據，數據商可在此回應。',
  post: '發佈需求',
  posted: '需求已發佈。',
  none: '目前沒有需求',
  noneHint: '在數據目錄中找不到的，可在此發佈。',
  title: '一句概括',
  need: '需求說明',
  needHint: '數據內容、時間與地區範圍、頻率及形式。',
  budget: '預算',
  openUntil: '截止日',
  stands: '公示時間',
  answers: '回應',
  noAnswers: '暫無回應。',
  withdraw: '撤回需求',
  withdrawn: '需求已撤回。',
  yourAnswer: '你的回應',
  answer: '回應',
  answered: '已發送予買方。',
};
