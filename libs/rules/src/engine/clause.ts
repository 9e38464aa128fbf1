import { FALSE, TRUE, UNKNOWN, type TruthLevel } from './truth.js';
import type { Clause, FactValue, Operator } from './rule-set.js';

/** A known or unknown value of a fact. */
export type Known = FactValue | null | undefined;

/** A clause made ready to ask often: the same answer as {@link testClause}, without looking at the operator again. */
export type ClauseTest = (value: Known, other: Known) => TruthLevel;

const level = (holds: boolean): TruthLevel => (holds ? TRUE : FALSE);

/** Prepares a clause. The test takes the fact's value and, for `eqfact`, the other fact's; unknown answers unknown. */
export function clauseTest([, operator, operand]: Clause): ClauseTest {
  if (operator === 'eqfact')
    return (value, other) => (isUnknown(value) || isUnknown(other) ? UNKNOWN : level(value === other));
  const holds = predicate(operator, operand);
  return (value) => (isUnknown(value) ? UNKNOWN : level(holds(value)));
}

function isUnknown(value: Known): value is null | undefined {
  return value === null || value === undefined;
}

function predicate(
  operator: Exclude<Operator, 'eqfact'>,
  operand: FactValue | readonly FactValue[],
): (value: FactValue) => boolean {
  const list = new Set(Array.isArray(operand) ? (operand as readonly FactValue[]) : []);
  const bound = typeof operand === 'number' ? operand : Number.NaN;
  switch (operator) {
    case 'eq':
      return (value) => value === operand;
    case 'ne':
      return (value) => value !== operand;
    case 'in':
      return (value) => list.has(value);
    case 'nin':
      return (value) => !list.has(value);
    case 'lt':
      return (value) => typeof value === 'number' && value < bound;
    case 'lte':
      return (value) => typeof value === 'number' && value <= bound;
    case 'gt':
      return (value) => typeof value === 'number' && value > bound;
    case 'gte':
      return (value) => typeof value === 'number' && value >= bound;
  }
}
