import { clausesOf } from '../checks/box.js';
import { clauseTest } from '../engine/clause.js';
import { compileConditions, type ConditionTable } from '../engine/compile-conditions.js';
import { RuleEngine } from '../engine/engine.js';
import type { Finding } from '../engine/finding.js';
import type { Clause, Facts, FactValue, RuleSet } from '../engine/rule-set.js';
import { TRUE } from '../engine/truth.js';
import { PathwayOutlook } from './possible-pathways.js';

/** A fact that need not be asked: the values the other facts leave it are one, or mean the same to every rule. */
export interface ImpliedFact {
  readonly fact: string;
  /** All that remain; the first one stands for them in the finding. */
  readonly values: readonly FactValue[];
  /** Id of the contradiction that leaves no others. */
  readonly because: string;
}

/** Where a question stands after the answers given so far. */
export interface WizardState {
  /** What was answered, and what follows from it: the finding is made from these. */
  readonly facts: Facts;
  readonly implied: readonly ImpliedFact[];
  readonly finding: Finding;
  /** The pathways that open answers can still lead to; one when nothing can change it any more. */
  readonly possible: readonly string[];
  /** Facts whose answer still changes the finding, the one that settles most first. */
  readonly questions: readonly string[];
}

/** Leads a person or a machine to a finding and asks for nothing that does not matter. Pure, like the engine. */
export class Wizard {
  readonly engine: RuleEngine;
  readonly #outlook: PathwayOutlook;
  readonly #contradictions: ConditionTable;
  readonly #bound: ReadonlySet<string>;
  readonly #clauses: readonly Clause[];

  constructor(ruleSet: RuleSet) {
    this.engine = new RuleEngine(ruleSet);
    this.#outlook = new PathwayOutlook(ruleSet);
    this.#contradictions = compileConditions(ruleSet.contradictions.map(({ when }) => when));
    this.#clauses = [...ruleSet.rules, ...ruleSet.flags, ...ruleSet.doubts].flatMap(({ when }) => clausesOf(when));
    this.#bound = new Set(ruleSet.contradictions.flatMap(({ when }) => when.all.map(([key]) => key)));
  }

  /** @param facts ones that `checkFacts` accepted; absent and null mean unknown. */
  ask(facts: Facts): WizardState {
    const { complete, implied } = this.#complete(facts);
    const finding = this.engine.evaluate(complete);
    const questions = this.#rank(complete, this.engine.nextQuestions(complete), finding);
    // With no question left nothing can change the pathway: the outlook need not be searched.
    const possible = questions.length === 0 ? [finding.pathway] : this.#outlook.possible(complete);
    return { facts: complete, implied, finding, possible, questions };
  }

  #complete(facts: Facts): { complete: Facts; implied: readonly ImpliedFact[] } {
    const implied: ImpliedFact[] = [];
    let complete: Facts = facts;
    // Each round may settle a fact that settles another; every round but the last one settles at least one.
    for (let round = 0; round <= this.#bound.size; round += 1) {
      const found = [...this.#bound].flatMap((fact) => this.#impliedBy(complete, fact) ?? []);
      if (found.length === 0) break;
      implied.push(...found);
      complete = { ...complete, ...Object.fromEntries(found.map(({ fact, values }) => [fact, values[0]])) };
    }
    return { complete, implied };
  }

  #impliedBy(facts: Facts, fact: string): ImpliedFact | null {
    if ((facts[fact] ?? null) !== null) return null;
    const answers = this.#outlook
      .valuesOf(fact)
      .map((value) => ({ value, against: this.#against(facts, fact, value) }));
    const excluded = answers.find(({ against }) => against !== null);
    const values = answers.filter(({ against }) => against === null).map(({ value }) => value);
    return excluded?.against && this.#alike(fact, values) ? { fact, values, because: excluded.against } : null;
  }

  /** True when no clause of any rule, flag or doubt tells the values apart. */
  #alike(fact: string, values: readonly FactValue[]): boolean {
    if (values.length < 2) return values.length === 1;
    return this.#clauses.every((clause) => {
      if (clause[1] === 'eqfact') return clause[0] !== fact && clause[2] !== fact;
      if (clause[0] !== fact) return true;
      const test = clauseTest(clause);
      return new Set(values.map((value) => test(value, null))).size === 1;
    });
  }

  /** Id of the contradiction this answer would make; null when it makes none. */
  #against(facts: Facts, fact: string, value: FactValue): string | null {
    this.#contradictions.load({ ...facts, [fact]: value });
    const { contradictions } = this.engine.ruleSet;
    return contradictions.find((_, number) => this.#contradictions.stateOf(number) === TRUE)?.id ?? null;
  }

  /** Orders questions by how little they leave open on average, and drops those whose every answer says the same. */
  #rank(facts: Facts, candidates: readonly string[], finding: Finding): readonly string[] {
    const before = signature(finding);
    const scored = candidates.flatMap((fact) => {
      const values = this.#outlook.valuesOf(fact).filter((value) => this.#against(facts, fact, value) === null);
      const findings = values.map((value) => this.engine.evaluate({ ...facts, [fact]: value }));
      const signatures = new Set(findings.map(signature));
      const settles = signatures.size > 1 || !signatures.has(before);
      const open = findings.reduce((sum, after) => sum + openStates(after), 0) / Math.max(findings.length, 1);
      return settles ? [{ fact, open }] : [];
    });
    return scored.sort((a, b) => a.open - b.open).map(({ fact }) => fact);
  }
}

/** Everything an answer may change: the pathway, and where each rule, flag and doubt stands. */
function signature(finding: Finding): string {
  const states = [...finding.rules, ...finding.flags, ...finding.doubts].map(({ state }) => state[0]);
  return `${finding.pathway} ${finding.rule ?? ''} ${states.join('')}`;
}

function openStates({ rules, flags, doubts }: Finding): number {
  return [...rules, ...flags, ...doubts].filter(({ state }) => state === 'unknown').length;
}
