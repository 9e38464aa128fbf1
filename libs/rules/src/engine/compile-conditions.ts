import { clauseTest, type ClauseTest, type Known } from './clause.js';
import { FLAG_PREFIX, PATHWAY_FACT, type Clause, type Condition, type Facts } from './rule-set.js';
import { and, FALSE, or, TRUE, UNKNOWN, type TruthLevel } from './truth.js';

interface PreparedClause {
  readonly fact: string;
  readonly other: string | null;
  readonly test: ClauseTest;
}
interface PreparedCondition {
  readonly all: readonly number[];
  readonly any: readonly (readonly number[])[] | null;
}

/** Conditions of one rule set, each clause prepared once however many conditions share it. */
export interface ConditionTable {
  /** Forgets the last facts and takes these; everything asked afterwards is about them. */
  load(facts: Facts): void;
  /** Where the condition with this number stands. `look` answers for `pathway` and `flag.…`, which are no facts. */
  stateOf(condition: number, look?: (clause: Clause) => TruthLevel): TruthLevel;
  /** Facts a condition still waits for, in the order it names them. */
  missingFacts(condition: number): readonly string[];
}

/**
 * Prepares conditions. An answer per clause is kept while one set of facts is asked about: the origin is read once,
 * not once in each of forty rules. The table is used by one evaluation at a time, as JavaScript runs one.
 */
export function compileConditions(conditions: readonly Condition[]): ConditionTable {
  const clauses: Clause[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (clause: Clause): number => {
    const key = JSON.stringify(clause);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, clauses.length);
    return clauses.push(clause) - 1;
  };
  const prepared: PreparedCondition[] = conditions.map((condition) => ({
    all: condition.all.map(numberOf),
    any: condition.any?.map((part) => part.all.map(numberOf)) ?? null,
  }));
  return new Table(clauses, prepared);
}

class Table implements ConditionTable {
  readonly #clauses: readonly Clause[];
  readonly #tests: readonly (PreparedClause | null)[];
  readonly #conditions: readonly PreparedCondition[];
  /** One more than the level, so that 0 means: not asked yet. */
  readonly #answers: Uint8Array;
  #facts: Facts = {};

  constructor(clauses: readonly Clause[], conditions: readonly PreparedCondition[]) {
    this.#clauses = clauses;
    this.#tests = clauses.map(prepareClause);
    this.#conditions = conditions;
    this.#answers = new Uint8Array(clauses.length);
  }

  load(facts: Facts): void {
    this.#facts = facts;
    this.#answers.fill(0);
  }

  stateOf(number: number, look?: (clause: Clause) => TruthLevel): TruthLevel {
    const condition = this.#conditions[number];
    if (condition === undefined) return FALSE;
    const all = this.#conjunction(condition.all, look);
    if (all === FALSE || condition.any === null) return all;
    let any: TruthLevel = FALSE;
    for (const part of condition.any) any = or(any, this.#conjunction(part, look));
    return and(all, any);
  }

  missingFacts(number: number): readonly string[] {
    const condition = this.#conditions[number];
    const asked = [...(condition?.all ?? []), ...(condition?.any ?? []).flat()];
    const missing = asked.flatMap((clause) => {
      const test = this.#tests[clause];
      if (!test || this.#answer(clause, test) !== UNKNOWN) return [];
      return [test.fact, ...(test.other === null ? [] : [test.other])].filter((fact) => isMissing(this.#facts[fact]));
    });
    return [...new Set(missing)];
  }

  #conjunction(clauses: readonly number[], look?: (clause: Clause) => TruthLevel): TruthLevel {
    let state: TruthLevel = TRUE;
    for (const clause of clauses) {
      const test = this.#tests[clause];
      state = and(state, test ? this.#answer(clause, test) : (look?.(this.#clauses[clause] as Clause) ?? UNKNOWN));
      if (state === FALSE) return FALSE;
    }
    return state;
  }

  #answer(clause: number, prepared: PreparedClause): TruthLevel {
    const kept = this.#answers[clause] ?? 0;
    if (kept !== 0) return (kept - 1) as TruthLevel;
    const other: Known = prepared.other === null ? null : this.#facts[prepared.other];
    const level = prepared.test(this.#facts[prepared.fact], other);
    this.#answers[clause] = level + 1;
    return level;
  }
}

function prepareClause(clause: Clause): PreparedClause | null {
  const [fact, operator, value] = clause;
  if (fact === PATHWAY_FACT || fact.startsWith(FLAG_PREFIX)) return null;
  return { fact, other: operator === 'eqfact' ? String(value) : null, test: clauseTest(clause) };
}

function isMissing(value: Known): boolean {
  return value === null || value === undefined;
}
