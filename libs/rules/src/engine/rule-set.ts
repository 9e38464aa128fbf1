import type { LocalizedText } from '@hetao/kernel';

/** How sure the law is: `design` marks what is this exchange's own order of questions and no law at all. */
export type Certainty = 'settled' | 'likely' | 'disputed' | 'design';
export type FactValue = string | number | boolean;

/** What is known about a transfer, by fact key. Absent, undefined and null all mean: not known yet. */
export type Facts = Readonly<Record<string, FactValue | null | undefined>>;

export type Operator = 'eq' | 'ne' | 'in' | 'nin' | 'lt' | 'lte' | 'gt' | 'gte' | 'eqfact';
/** [fact, operator, value]; for `eqfact` the value names the other fact, for `in` and `nin` it is a list. */
export type Clause = readonly [fact: string, operator: Operator, value: FactValue | readonly FactValue[]];

export interface Conjunction {
  readonly all: readonly Clause[];
}
/** Every clause of `all` and, where `any` is given, at least one of its conjunctions. */
export interface Condition extends Conjunction {
  readonly any?: readonly Conjunction[];
}

export type FactType =
  | {
      readonly type: 'enum';
      readonly values: readonly string[];
      /** What the values are called; a version without it shows the values themselves. */
      readonly labels?: Readonly<Record<string, LocalizedText>>;
    }
  | { readonly type: 'bool' }
  /** A count: a whole number of zero or more. */
  | { readonly type: 'int' };

export type Fact = FactType & {
  readonly key: string;
  /** The question a person is asked. */
  readonly question: LocalizedText;
};

/**
 * One step of the order in which rules are asked. `unknown: 'stop'`: a rule that is not decided yet ends the
 * evaluation with a question. `'go_on'`: it is asked, but meanwhile taken as not granted (exemptions).
 */
export interface Stage {
  readonly id: string;
  readonly unknown: 'stop' | 'go_on';
}

interface Cited {
  readonly id: string;
  readonly text: LocalizedText;
  readonly when: Condition;
  readonly cite: readonly string[];
  readonly certainty: Certainty;
}
export interface Rule extends Cited {
  readonly stage: string;
  readonly then: string;
  /** Later rules of the same stage with another outcome that this one may overlap, because it comes first on purpose. */
  readonly overrides?: readonly string[];
}
/** A duty or an option beside the pathway. Its clauses may also read `pathway` and `flag.<id>`. */
export interface Flag extends Cited {
  /** The parallel procedure it opens: a release waits until it is cleared. */
  readonly track?: string;
  /** Id of the requirement that lists its documents and clocks. */
  readonly requirement?: string;
  /** Its requirement may be chosen instead of the pathway's own, as the Greater Bay Area contract may. */
  readonly alternative?: boolean;
}
/** Facts that cannot be true together; a question with such facts is refused, not answered. */
export interface Contradiction {
  readonly id: string;
  readonly text: LocalizedText;
  readonly when: Conjunction;
}
/** An open point of law or of sources: when it applies, a person decides, whatever the rules say. */
export interface Doubt {
  readonly id: string;
  readonly text: LocalizedText;
  readonly when: Condition;
}

export interface Citation {
  readonly id: string;
  readonly text: LocalizedText;
  /** Where the wording was read, or that it was not: `found: S2`, `mem: high`. */
  readonly mark: string;
}

export interface DocumentRequirement {
  readonly id: string;
  readonly text: LocalizedText;
}
/** A statutory limit. `from` says which event starts it; the day of the event is not counted (Civil Code 201). */
export interface StatutoryClock {
  readonly id: string;
  readonly text: LocalizedText;
  readonly by: 'exporter' | 'authority';
  readonly from: string;
  readonly count: number;
  readonly unit: 'working_day' | 'calendar_day' | 'month';
  /** `forward`: due after the event; `before`: a window that opens this long before it. */
  readonly direction: 'forward' | 'before';
  /** How many more units the authority may add; null: no number is given in the text. */
  readonly extendableBy?: number | null;
}
/** How long a decision holds; `contract_term` follows the contract. */
export type Validity = { readonly years: number; readonly from: string } | { readonly contractTerm: true } | null;

/** What a pathway, or a flag, asks of whom. */
export interface Requirement {
  readonly id: string;
  readonly authority: LocalizedText;
  readonly documents: readonly DocumentRequirement[];
  readonly clocks: readonly StatutoryClock[];
  readonly validity: Validity;
  readonly notes: readonly LocalizedText[];
}

export interface Pathway {
  readonly id: string;
  readonly text: LocalizedText;
  /** Nothing else matters once this is the answer. */
  readonly final: boolean;
  /** How heavy the mechanism is among those that volume decides; absent where the two cannot be compared. */
  readonly weight?: number;
  readonly requirement?: string;
  /** Requirements the exporter may choose instead of that one. */
  readonly alternatives?: readonly string[];
}

/** The law as data. A published version is never edited; the next one says from when it holds. */
export interface RuleSet {
  readonly id: string;
  readonly version: string;
  /** ISO date from which it decides. */
  readonly effectiveFrom: string;
  /** ISO date up to which the law was read. */
  readonly lawCutoff: string;
  readonly logic: 'kleene';
  readonly stages: readonly Stage[];
  readonly pathways: readonly Pathway[];
  readonly facts: readonly Fact[];
  readonly rules: readonly Rule[];
  readonly flags: readonly Flag[];
  readonly contradictions: readonly Contradiction[];
  readonly doubts: readonly Doubt[];
  readonly citations: readonly Citation[];
  readonly requirements: readonly Requirement[];
}

/** The pathway every rule set must have: an answer is missing. */
export const NEEDS_INFO = 'NEEDS_INFO';
/** The pathway every rule set must have: a person decides. */
export const HUMAN_REVIEW = 'HUMAN_REVIEW';
/** What flags read beside facts. */
export const PATHWAY_FACT = 'pathway';
export const FLAG_PREFIX = 'flag.';
