import type { Certainty, Citation, Requirement } from './rule-set.js';
import type { Truth } from './truth.js';

/** Where one rule stands for the facts given. */
export interface RuleState {
  readonly id: string;
  readonly stage: string;
  readonly then: string;
  readonly state: Truth;
}
export interface FlagState {
  readonly id: string;
  readonly state: Truth;
  readonly certainty: Certainty;
  readonly track: string | null;
}
export interface DoubtState {
  readonly id: string;
  readonly state: Truth;
}

/** What the rules say about a transfer, with everything it was said from. */
export interface Finding {
  readonly ruleSet: { readonly id: string; readonly version: string };
  readonly pathway: string;
  /** The rule that decided; null while an answer is missing. */
  readonly rule: string | null;
  readonly certainty: Certainty | null;
  /** The rule that must be decided first, and the facts it waits for; null when one decided. */
  readonly waitingFor: { readonly rule: string; readonly facts: readonly string[] } | null;
  /** Exemptions that are not granted yet and not ruled out either: the answer may still become lighter. */
  readonly openRules: readonly string[];
  /** Every rule, in the order of the rule set. */
  readonly rules: readonly RuleState[];
  /** Every flag, in the order of the rule set. */
  readonly flags: readonly FlagState[];
  readonly doubts: readonly DoubtState[];
  /** A person must look: the text is not settled, or a doubt applies. */
  readonly needsPerson: boolean;
  /** Documents, authority, clocks and validity of the pathway; null where it asks for nothing. */
  readonly requirement: Requirement | null;
  /** The same for every flag that applies and has its own, such as the Greater Bay Area contract. */
  readonly further: readonly Requirement[];
  /** What the exporter may choose instead of `requirement`: certification, the Greater Bay Area contract. */
  readonly alternatives: readonly Requirement[];
  /** Of the rule that decided and of the flags that apply. */
  readonly citations: readonly Citation[];
}
