import type { Connective } from './odrl.js';
import type { Comparable } from './values.js';
import type { Operand, OperatorName } from './vocabulary.js';

/** Why a comparison cannot be made, whatever the facts. */
export type Unreadable = 'operand' | 'operator' | 'value' | 'member';

/** A comparison made ready. */
export interface Test {
  readonly kind: 'test';
  readonly pointer: string;
  /** As spelled, for people. */
  readonly spelled: { readonly operand: string; readonly operator: string; readonly values: readonly string[] };
  readonly operand: Operand | null;
  readonly operator: OperatorName | null;
  readonly values: readonly Comparable[];
  readonly unreadable: Unreadable | null;
}
/** Constraints put together. */
export interface Group {
  readonly kind: Connective;
  readonly pointer: string;
  readonly parts: readonly Condition[];
  /** It has members this exchange does not know, or no parts: nobody can say what it means. */
  readonly unreadable: boolean;
}
export type Condition = Test | Group;

/** A time until which something must be done: an instant, or so long after the data came in (both in ms). */
export interface Deadline {
  readonly kind: 'instant' | 'span';
  readonly ms: number;
  readonly pointer: string;
}

export type RuleKind = 'permission' | 'prohibition' | 'obligation' | 'duty';
export interface CompiledRule {
  readonly kind: RuleKind;
  readonly pointer: string;
  readonly action: string;
  /** All must hold. */
  readonly conditions: readonly Condition[];
  /** What the conditions come to where the rule is a duty; undefined when they say anything but until when. */
  readonly deadlines: readonly Deadline[] | undefined;
  readonly duties: readonly CompiledRule[];
  /** Names of members this exchange does not know. */
  readonly unknownMembers: readonly string[];
}
export interface CompiledPolicy {
  readonly permissions: readonly CompiledRule[];
  readonly prohibitions: readonly CompiledRule[];
  readonly obligations: readonly CompiledRule[];
}
