import type { PolicyPhrases } from './phrases.js';

const units = { days: '天', hours: '小时', minutes: '分钟', seconds: '秒' } as const;

export const simplified: PolicyPhrases = {
  quote: (text) => `“${text}”`,
  list: (items) => items.join('、'),
  compare: {
    eq: (subject, value) => `${subject}为${value}`,
    neq: (subject, value) => `${subject}不为${value}`,
    gt: (subject, value) => `${subject}多于${value}`,
    gteq: (subject, value) => `${subject}不少于${value}`,
    lt: (subject, value) => `${subject}少于${value}`,
    lteq: (subject, value) => `${subject}不超过${value}`,
    isAnyOf: (subject, value) => `${subject}为${value}之一`,
    isNoneOf: (subject, value) => `${subject}不为${value}中任何一项`,
    isPartOf: (subject, value) => `${subject}位于${value}`,
  },
  compareTimes: {
    gt: (subject, value) => `${subject}晚于${value}`,
    gteq: (subject, value) => `${subject}不早于${value}`,
    lt: (subject, value) => `${subject}早于${value}`,
    lteq: (subject, value) => `${subject}不晚于${value}`,
  },
  and: (parts) => parts.join('；且'),
  or: (parts) => `符合下列任一项：${parts.join('；或')}`,
  xone: (parts) => `仅符合下列其中一项：${parts.join('；或')}`,
  may: (action, conditions) => `买方可以${action}${conditions === null ? '' : `，条件是：${conditions}`}。`,
  mustNot: (action, conditions) => `${conditions === null ? '' : `如${conditions}，`}买方不得${action}。`,
  must: (action, deadlines) => `买方须${deadlines.join('并')}${action}。`,
  by: (instant) => `于${instant}前`,
  within: (span) => `在收到数据后${span}内`,
  span: (amount, unit) => `${amount}${units[unit]}`,
  unsayable: (spelled) => `符合本所无法核查的条件（${spelled}）`,
  given: (subject, value) => `所申报的${subject}：${value}。`,
  missing: (subject) => `未申报${subject}。`,
  cannotCheck: {
    operand: (spelled) => `“${spelled}”不是本所可核查的左操作数，该条件视为不符合。`,
    operator: (spelled) => `“${spelled}”不是此处可用的运算符，该条件视为不符合。`,
    value: (spelled) => `“${spelled}”不是此处应有的值，该条件视为不符合。`,
    member: () => '该条件含有本所不认识的成分，视为不符合。',
  },
  permitted: (action) => `准予：买方可以${action}。`,
  refused: {
    forbidden: (action) => `不准：买方不得如此${action}，或无法排除其被禁止。`,
    duty: (action) => `不准：有义务逾期未履行，或无法认定其内容，买方因此不得${action}。`,
    not_granted: (action) => `不准：没有成立的${action}许可；未经许可即不得为之。`,
  },
};
