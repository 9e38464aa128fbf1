import type { Unreadable } from './compiled.js';
import type { OperatorName, Refusal } from './vocabulary.js';

export type SpanUnit = 'days' | 'hours' | 'minutes' | 'seconds';
type Says = (subject: string, value: string) => string;

/** How a policy is said in one language. Actions, subjects and values come in that language already. */
export interface PolicyPhrases {
  readonly quote: (text: string) => string;
  readonly list: (items: readonly string[]) => string;
  readonly compare: Readonly<Record<OperatorName, Says>>;
  /** Instead of `compare` where instants are compared. */
  readonly compareTimes: Readonly<Record<'gt' | 'gteq' | 'lt' | 'lteq', Says>>;
  readonly and: (parts: readonly string[]) => string;
  readonly or: (parts: readonly string[]) => string;
  readonly xone: (parts: readonly string[]) => string;
  readonly may: (action: string, conditions: string | null) => string;
  readonly mustNot: (action: string, conditions: string | null) => string;
  readonly must: (action: string, deadlines: readonly string[]) => string;
  readonly by: (instant: string) => string;
  readonly within: (span: string) => string;
  readonly span: (amount: number, unit: SpanUnit) => string;
  /** Stands where a condition, or a deadline, cannot be said. */
  readonly unsayable: (spelled: string) => string;
  readonly given: Says;
  readonly missing: (subject: string) => string;
  readonly cannotCheck: Readonly<Record<Unreadable, (spelled: string) => string>>;
  readonly permitted: (action: string) => string;
  readonly refused: Readonly<Record<Exclude<Refusal, null>, (action: string) => string>>;
}
