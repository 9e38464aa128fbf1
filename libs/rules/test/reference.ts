import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Clause, Condition, Facts } from '../src/index.js';

/** The reference’s own blocks, word for word, so that the product is held to the text and not to a retelling of it. */
const read = (name: string): unknown =>
  parse(readFileSync(new URL(`./reference/${name}.yaml`, import.meta.url), 'utf8'), { schema: 'core' });

interface ReferenceRule {
  readonly id: string;
  readonly stage?: string;
  readonly when: Condition;
  readonly then?: string;
  readonly cite: readonly string[];
  readonly certainty: string;
}
export interface ReferenceRuleSet {
  readonly ruleset: {
    readonly id: string;
    readonly version: string;
    readonly order: string[];
    readonly pathways: string[];
  };
  readonly facts: Record<string, { readonly type: string; readonly values?: readonly string[] }>;
  readonly rules: readonly ReferenceRule[];
  readonly flags: readonly ReferenceRule[];
}
export const referenceRuleSet = read('ruleset') as ReferenceRuleSet;
export const referenceCitations = (read('citations') as { citations: Record<string, string> }).citations;

export interface WorkedCase {
  readonly id: string;
  readonly title: string;
  readonly facts: Facts;
  readonly expect: {
    readonly pathway: string;
    readonly rule: string;
    readonly flags?: readonly string[];
    readonly not_flags?: readonly string[];
  };
  readonly beyond_doubt: boolean;
}
const tests = (read('tests') as { tests: readonly (WorkedCase | { readonly base: Facts })[] }).tests;
export const baseFacts = tests.flatMap((entry) => ('base' in entry ? [entry.base] : []))[0] as Facts;
export const workedCases = tests.flatMap((entry) => ('base' in entry ? [] : [entry]));

export interface ClockVector {
  readonly id: string;
  readonly event: string;
  readonly date: string;
  readonly rule: string;
  readonly due?: string;
  readonly due_without_pauses?: string;
}
export const clockVectors = (read('clock-tests') as { clock_tests: readonly ClockVector[] }).clock_tests;

type Level = true | false | null;

/**
 * The plain model the engine is held against: the reference’s rules, read from its own text, in the fewest words.
 * @returns pathway, rule and flags of the reference, null for unknown.
 */
export function modelOutcome(facts: Facts): { pathway: string; rule: string | null; states: Record<string, Level> } {
  const states: Record<string, Level> = {};
  for (const { id, when } of referenceRuleSet.rules) states[id] = condition(when, facts);
  const waits = new Set(['stop', 'scope', 'gate', 'mechanism', 'foreign']);
  for (const { id, stage = '', then = '' } of referenceRuleSet.rules) {
    if (states[id] === true) return { pathway: then, rule: id, states };
    if (states[id] === null && waits.has(stage)) return { pathway: 'NEEDS_INFO', rule: null, states };
  }
  return { pathway: 'HUMAN_REVIEW', rule: null, states };
}

function condition(when: Condition, facts: Facts): Level {
  const all = when.all.map((clause) => holds(clause, facts));
  const any = when.any?.map((part) => condition(part, facts));
  const either = any === undefined || any.includes(true) ? true : any.includes(null) ? null : false;
  const levels = [...all, either];
  return levels.includes(false) ? false : levels.includes(null) ? null : true;
}

function holds([key, operator, expected]: Clause, facts: Facts): Level {
  const value = facts[key] ?? null;
  const other = operator === 'eqfact' ? (facts[String(expected)] ?? null) : expected;
  if (value === null || other === null) return null;
  switch (operator) {
    case 'eq':
    case 'eqfact':
      return value === other;
    case 'ne':
      return value !== other;
    case 'in':
      return (other as readonly unknown[]).includes(value);
    case 'nin':
      return !(other as readonly unknown[]).includes(value);
    case 'lt':
      return Number(value) < Number(other);
    case 'lte':
      return Number(value) <= Number(other);
    case 'gt':
      return Number(value) > Number(other);
    case 'gte':
      return Number(value) >= Number(other);
  }
}
