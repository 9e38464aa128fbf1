import { compileConditions, type ConditionTable } from './compile-conditions.js';
import { clauseTest, type ClauseTest } from './clause.js';
import type { DoubtState, Finding, FlagState, RuleState } from './finding.js';
import {
  FLAG_PREFIX,
  HUMAN_REVIEW,
  NEEDS_INFO,
  PATHWAY_FACT,
  type Citation,
  type Clause,
  type Facts,
  type Flag,
  type Pathway,
  type Requirement,
  type Rule,
  type RuleSet,
} from './rule-set.js';
import { FALSE, TRUE, truthOf, UNKNOWN, type Truth, type TruthLevel } from './truth.js';

/** The outcome before it is explained: which rule, and what else it may still become. */
interface Outcome {
  readonly pathway: string;
  readonly rule: number;
  readonly waiting: number;
  readonly open: readonly number[];
}

const LEVELS: readonly TruthLevel[] = [FALSE, UNKNOWN, TRUE];

/** A rule set made ready to be asked often. Pure: the same facts give the same finding, in any process, for ever. */
export class RuleEngine {
  readonly ruleSet: RuleSet;
  readonly #table: ConditionTable;
  readonly #goesOn: readonly boolean[];
  readonly #ruleStates: readonly (readonly RuleState[])[];
  readonly #flagStates: readonly (readonly FlagState[])[];
  readonly #doubtStates: readonly (readonly DoubtState[])[];
  readonly #flagOrder: readonly number[];
  readonly #flagNumbers: ReadonlyMap<string, number>;
  readonly #pathways: ReadonlyMap<string, Pathway>;
  readonly #requirements: ReadonlyMap<string, Requirement>;
  readonly #citations: ReadonlyMap<string, Citation>;
  readonly #levels: Uint8Array;
  readonly #pathwayTests = new Map<Clause, ClauseTest>();
  #candidates: readonly string[] | null = null;

  /** @param ruleSet one that `checkRuleSet` found nothing wrong with. */
  constructor(ruleSet: RuleSet) {
    this.ruleSet = ruleSet;
    const { rules, flags, doubts, stages } = ruleSet;
    this.#table = compileConditions([...rules, ...flags, ...doubts].map(({ when }) => when));
    const goOn = new Set(stages.filter(({ unknown }) => unknown === 'go_on').map(({ id }) => id));
    this.#goesOn = rules.map(({ stage }) => goOn.has(stage));
    this.#ruleStates = rules.map(({ id, stage, then }) => inEachState({ id, stage, then }));
    this.#flagStates = flags.map(({ id, certainty, track }) => inEachState({ id, certainty, track: track ?? null }));
    this.#doubtStates = doubts.map(({ id }) => inEachState({ id }));
    this.#flagNumbers = new Map(flags.map(({ id }, number) => [id, number]));
    this.#flagOrder = flagOrder(flags);
    this.#pathways = new Map(ruleSet.pathways.map((pathway) => [pathway.id, pathway]));
    this.#requirements = new Map(ruleSet.requirements.map((requirement) => [requirement.id, requirement]));
    this.#citations = new Map(ruleSet.citations.map((citation) => [citation.id, citation]));
    this.#levels = new Uint8Array(rules.length + flags.length + doubts.length);
  }

  /**
   * What the rules say. Facts are taken as they are: `checkFacts` refuses unknown keys, unknown values and
   * contradictions before.
   */
  evaluate(facts: Facts): Finding {
    const { rules, doubts } = this.ruleSet;
    const outcome = this.#decide(facts);
    const flags = this.#flags(outcome);
    const doubtStates = doubts.map((_, number) => this.#state(this.#doubtStates, number, this.#doubtAt(number)));
    const rule = rules[outcome.rule];
    return {
      ruleSet: { id: this.ruleSet.id, version: this.ruleSet.version },
      pathway: outcome.pathway,
      rule: rule?.id ?? null,
      certainty: rule?.certainty ?? null,
      waitingFor: this.#waitingFor(outcome),
      openRules: outcome.open.map((number) => (rules[number] as Rule).id),
      rules: rules.map((_, number) => this.#state(this.#ruleStates, number, this.#level(number))),
      flags,
      doubts: doubtStates,
      needsPerson: needsPerson(outcome, rule, doubtStates),
      requirement: this.#requirementOf(this.#pathways.get(outcome.pathway)?.requirement),
      further: this.#further(flags),
      alternatives: this.#alternatives(outcome.pathway, flags),
      citations: this.#cited(rule, flags),
    };
  }

  /**
   * The facts whose answer may still change the pathway or a flag, the most pressing first. A fact that is not named
   * here changes neither, nor whether a person must look, whatever its value.
   */
  nextQuestions(facts: Facts): readonly string[] {
    const outcome = this.#decide(facts);
    const { rules } = this.ruleSet;
    if (this.#pathways.get(outcome.pathway)?.final) return [];
    const questions = new Set<string>();
    const ask = (condition: number): void => {
      for (const fact of this.#table.missingFacts(condition)) questions.add(fact);
    };
    for (const number of this.#openRulesBefore(rules)) ask(number);
    this.#flags(outcome).forEach(({ state }, number) => {
      if (state === 'unknown') ask(rules.length + number);
    });
    this.ruleSet.doubts.forEach((_, number) => {
      if (this.#doubtAt(number) === UNKNOWN) ask(rules.length + this.ruleSet.flags.length + number);
    });
    return [...questions];
  }

  /** Undecided rules that could still win. What comes after a rule that holds cannot; what says the same need not. */
  #openRulesBefore(rules: readonly Rule[]): number[] {
    const holding = rules.findIndex((_, number) => this.#level(number) === TRUE);
    const end = holding === -1 ? rules.length : holding;
    return [...rules.keys()].slice(0, end).filter((number) => {
      const idle = this.#goesOn[number] && this.#goesOn[end] && rules[number]?.then === rules[end]?.then;
      return this.#level(number) === UNKNOWN && !idle;
    });
  }

  #decide(facts: Facts): Outcome {
    this.#table.load(facts);
    const { rules } = this.ruleSet;
    rules.forEach((_, number) => {
      this.#levels[number] = this.#table.stateOf(number);
    });
    const open: number[] = [];
    for (let number = 0; number < rules.length; number += 1) {
      const level = this.#level(number);
      if (level === FALSE) continue;
      if (level === TRUE) {
        const { then } = rules[number] as Rule;
        return { pathway: then, rule: number, waiting: -1, open: this.#goesOn[number] ? [] : open };
      }
      if (!this.#goesOn[number]) return { pathway: NEEDS_INFO, rule: -1, waiting: number, open };
      open.push(number);
    }
    return { pathway: HUMAN_REVIEW, rule: -1, waiting: -1, open };
  }

  #flags(outcome: Outcome): FlagState[] {
    const { rules, flags } = this.ruleSet;
    // Where an answer is missing the pathway itself is unknown; open exemptions leave several pathways possible.
    this.#candidates =
      outcome.pathway === NEEDS_INFO
        ? null
        : [outcome.pathway, ...outcome.open.map((number) => (rules[number] as Rule).then)];
    for (const number of this.#flagOrder) {
      this.#levels[rules.length + number] = this.#table.stateOf(rules.length + number, this.#look);
    }
    return flags.map((_, number) => this.#state(this.#flagStates, number, this.#level(rules.length + number)));
  }

  /** Answers the clauses of flags that read the pathway or another flag. */
  readonly #look = (clause: Clause): TruthLevel => {
    const [fact, , expected] = clause;
    if (fact !== PATHWAY_FACT) {
      const number = this.#flagNumbers.get(fact.slice(FLAG_PREFIX.length)) ?? -1;
      const level = this.#level(this.ruleSet.rules.length + number);
      return expected === true ? level : ((TRUE - level) as TruthLevel);
    }
    if (this.#candidates === null) return UNKNOWN;
    const test = this.#testOf(clause);
    const levels = new Set(this.#candidates.map((pathway) => test(pathway, null)));
    return levels.size === 1 ? ([...levels][0] ?? UNKNOWN) : UNKNOWN;
  };

  #testOf(clause: Clause): ClauseTest {
    const known = this.#pathwayTests.get(clause) ?? clauseTest(clause);
    this.#pathwayTests.set(clause, known);
    return known;
  }

  #waitingFor({ waiting }: Outcome): Finding['waitingFor'] {
    const rule = this.ruleSet.rules[waiting];
    return rule === undefined ? null : { rule: rule.id, facts: this.#table.missingFacts(waiting) };
  }

  #further(flags: readonly FlagState[]): Requirement[] {
    return flags.flatMap(({ state }, number) => {
      if (state !== 'true') return [];
      const found = this.#requirementOf(this.ruleSet.flags[number]?.requirement);
      return found === null ? [] : [found];
    });
  }

  #alternatives(pathway: string, flags: readonly FlagState[]): Requirement[] {
    const ids = [...(this.#pathways.get(pathway)?.alternatives ?? [])];
    flags.forEach(({ state }, number) => {
      const flag = this.ruleSet.flags[number];
      if (state === 'true' && flag?.alternative && flag.requirement !== undefined) ids.push(flag.requirement);
    });
    return ids.flatMap((id) => this.#requirementOf(id) ?? []);
  }

  #cited(rule: Rule | undefined, flags: readonly FlagState[]): Citation[] {
    const ids = new Set(rule?.cite ?? []);
    flags.forEach(({ state }, number) => {
      if (state === 'true') for (const id of this.ruleSet.flags[number]?.cite ?? []) ids.add(id);
    });
    return [...ids].flatMap((id) => this.#citations.get(id) ?? []);
  }

  #requirementOf(id: string | undefined): Requirement | null {
    return (id === undefined ? undefined : this.#requirements.get(id)) ?? null;
  }

  #doubtAt(number: number): TruthLevel {
    return this.#table.stateOf(this.ruleSet.rules.length + this.ruleSet.flags.length + number);
  }

  #level(number: number): TruthLevel {
    return (this.#levels[number] ?? FALSE) as TruthLevel;
  }

  #state<S>(states: readonly (readonly S[])[], number: number, level: TruthLevel): S {
    return states[number]?.[level] as S;
  }
}

/** One frozen object for each state, made once: an evaluation hands out the one that applies. */
function inEachState<S extends object>(fixed: S): readonly (S & { readonly state: Truth })[] {
  return LEVELS.map((level) => Object.freeze({ ...fixed, state: truthOf(level) }));
}

function needsPerson(outcome: Outcome, rule: Rule | undefined, doubts: readonly DoubtState[]): boolean {
  if (outcome.pathway === HUMAN_REVIEW) return true;
  if (rule?.certainty === 'likely' || rule?.certainty === 'disputed') return true;
  return doubts.some(({ state }) => state === 'true');
}

/** Flags after the flags they read. `checkRuleSet` refuses circles; should one get here, it is left as listed. */
export function flagOrder(flags: readonly Flag[]): readonly number[] {
  const numbers = new Map(flags.map(({ id }, number) => [id, number]));
  const order = new Set<number>();
  const visit = (number: number, path: readonly number[]): void => {
    if (order.has(number) || path.includes(number)) return;
    for (const id of flagsRead(flags[number] as Flag)) {
      const other = numbers.get(id);
      if (other !== undefined) visit(other, [...path, number]);
    }
    order.add(number);
  };
  flags.forEach((_, number) => visit(number, []));
  return [...order];
}

/** Ids of the flags a flag's condition reads. */
export function flagsRead({ when }: Flag): readonly string[] {
  const clauses = [...when.all, ...(when.any ?? []).flatMap(({ all }) => all)];
  return clauses.flatMap(([fact]) => (fact.startsWith(FLAG_PREFIX) ? [fact.slice(FLAG_PREFIX.length)] : []));
}
