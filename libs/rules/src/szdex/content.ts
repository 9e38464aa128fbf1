import type { Flag, Rule } from '../engine/rule-set.js';

/** A rule as the law has it; the words people read are kept beside, in three languages. */
export type RuleContent = Omit<Rule, 'text'>;
export type FlagContent = Omit<Flag, 'text'>;
