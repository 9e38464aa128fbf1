import type { PolicyPhrases } from './phrases.js';

const units = { days: '天', hours: '小時', minutes: '分鐘', seconds: '秒' } as const;

export const traditional: PolicyPhrases = {
  quote: (text) => `「${text}」`,
  list: (items) => items.join('、'),
  compare: {
    eq: (subject, value) => `${subject}為${value}`,
    neq: (subject, value) => `${subject}不為${value}`,
    gt: (subject, value) => `${subject}多於${value}`,
    gteq: (subject, value) => `${subject}不少於${value}`,
    lt: (subject, value) => `${subject}少於${value}`,
    lteq: (subject, value) => `${subject}不超過${value}`,
    isAnyOf: (subject, value) => `${subject}為${value}之一`,
    isNoneOf: (subject, value) => `${subject}不為${value}中任何一項`,
    isPartOf: (subject, value) => `${subject}位於${value}`,
  },
  compareTimes: {
    gt: (subject, value) => `${subject}晚於${value}`,
    gteq: (subject, value) => `${subject}不早於${value}`,
    lt: (subject, value) => `${subject}早於${value}`,
    lteq: (subject, value) => `${subject}不晚於${value}`,
  },
  and: (parts) => parts.join('；且'),
  or: (parts) => `符合下列任何一項：${parts.join('；或')}`,
  xone: (parts) => `只符合下列其中一項：${parts.join('；或')}`,
  may: (action, conditions) => `買方可以${action}${conditions === null ? '' : `，條件是：${conditions}`}。`,
  mustNot: (action, conditions) => `${conditions === null ? '' : `如${conditions}，`}買方不得${action}。`,
  must: (action, deadlines) => `買方須${deadlines.join('並')}${action}。`,
  by: (instant) => `於${instant}前`,
  within: (span) => `在收到數據後${span}內`,
  span: (amount, unit) => `${amount}${units[unit]}`,
  unsayable: (spelled) => `符合本所無法核查的條件（${spelled}）`,
  given: (subject, value) => `所申報的${subject}：${value}。`,
  missing: (subject) => `未有申報${subject}。`,
  cannotCheck: {
    operand: (spelled) => `「${spelled}」不是本所可核查的左操作數，該條件視為不符合。`,
    operator: (spelled) => `「${spelled}」不是此處可用的運算符，該條件視為不符合。`,
    value: (spelled) => `「${spelled}」不是此處應有的值，該條件視為不符合。`,
    member: () => '該條件含有本所不認識的成分，視為不符合。',
  },
  permitted: (action) => `准予：買方可以${action}。`,
  refused: {
    forbidden: (action) => `不准：買方不得如此${action}，或未能排除其被禁止。`,
    duty: (action) => `不准：有責任逾期未履行，或無法認定其內容，買方因此不得${action}。`,
    not_granted: (action) => `不准：沒有成立的${action}許可；未經許可即不得為之。`,
  },
};
