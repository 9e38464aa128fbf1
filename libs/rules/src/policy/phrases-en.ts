import type { PolicyPhrases } from './phrases.js';

export const english: PolicyPhrases = {
  quote: (text) => `“${text}”`,
  list: (items) => items.join(', '),
  compare: {
    eq: (subject, value) => `${subject} is ${value}`,
    neq: (subject, value) => `${subject} is not ${value}`,
    gt: (subject, value) => `${subject} is more than ${value}`,
    gteq: (subject, value) => `${subject} is at least ${value}`,
    lt: (subject, value) => `${subject} is less than ${value}`,
    lteq: (subject, value) => `${subject} is at most ${value}`,
    isAnyOf: (subject, value) => `${subject} is one of ${value}`,
    isNoneOf: (subject, value) => `${subject} is none of ${value}`,
    isPartOf: (subject, value) => `${subject} lies in ${value}`,
  },
  compareTimes: {
    gt: (subject, value) => `${subject} is after ${value}`,
    gteq: (subject, value) => `${subject} is not before ${value}`,
    lt: (subject, value) => `${subject} is before ${value}`,
    lteq: (subject, value) => `${subject} is not after ${value}`,
  },
  and: (parts) => parts.join('; and '),
  or: (parts) => `one of these holds: ${parts.join('; or ')}`,
  xone: (parts) => `exactly one of these holds: ${parts.join('; or ')}`,
  may: (action, conditions) => `The buyer may ${action}${conditions === null ? '' : `, provided that ${conditions}`}.`,
  mustNot: (action, conditions) => `The buyer must not ${action}${conditions === null ? '' : ` where ${conditions}`}.`,
  must: (action, deadlines) => `The buyer must ${action}${deadlines.map((deadline) => ` ${deadline}`).join(' and')}.`,
  by: (instant) => `by ${instant}`,
  within: (span) => `within ${span} of receiving it`,
  span: (amount, unit) => `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`,
  unsayable: (spelled) => `a condition this exchange cannot check (${spelled}) holds`,
  given: (subject, value) => `Stated for ${subject}: ${value}.`,
  missing: (subject) => `Nobody said what ${subject} is.`,
  cannotCheck: {
    operand: (spelled) =>
      `“${spelled}” is no left operand this exchange can check, so the condition counts as not met.`,
    operator: (spelled) => `“${spelled}” is no operator that can be applied here, so the condition counts as not met.`,
    value: (spelled) => `“${spelled}” is no value of the kind that belongs here, so the condition counts as not met.`,
    member: () => 'The condition has parts this exchange does not know, so it counts as not met.',
  },
  permitted: (action) => `Permitted: the buyer may ${action}.`,
  refused: {
    forbidden: (action) =>
      `Refused: the buyer must not ${action} like this, or it cannot be ruled out that he must not.`,
    duty: (action) =>
      `Refused: the buyer may not ${action} while a duty was missed, or nobody can say what it asks for.`,
    not_granted: (action) => `Refused: no permission to ${action} holds, and what is not permitted is not allowed.`,
  },
};
