import type { CompiledRule, Condition, Test } from './compiled.js';
import type { Comparable, ValueKind } from './values.js';
import type { OperandName, PolicyUse } from './vocabulary.js';

/** Cases a search looks at before it gives up: far above what any policy people write needs. */
const MAX_CASES = 200_000;
/** A name no policy names. */
export const NOBODY = '\u0000';
/** A place no policy names: ISO 3166 leaves it to users. */
export const NOWHERE = 'ZZ';
const CENTURY_MS = 36_525 * 86_400_000;

/** When the policy is to be used: from this instant until just before the other. */
export interface PolicyWindow {
  readonly from: Date;
  readonly until: Date;
}

/** Every comparison in a condition. */
export function testsOf(condition: Condition): readonly Test[] {
  return condition.kind === 'test' ? [condition] : condition.parts.flatMap(testsOf);
}

/** Every comparison in the conditions of some rules. */
export function testsOfRules(rules: readonly CompiledRule[]): readonly Test[] {
  return rules.flatMap(({ conditions }) => conditions.flatMap(testsOf));
}

/**
 * Looks for a use that fulfils a wish, earliest first. Only comparisons with constants decide, so a handful of values
 * on and beside those constants stands for every value there is: no witness among them is no witness at all.
 *
 * @returns the use, null when there is none, undefined when there are too many cases to look at.
 */
export function findWitness(
  tests: readonly Test[],
  window: PolicyWindow,
  wish: (use: PolicyUse) => boolean,
): PolicyUse | null | undefined {
  const axes = [...axesOf(tests, window)];
  if (axes.reduce((cases, [, values]) => cases * values.length, 1) > MAX_CASES) return undefined;
  return search(axes, { action: 'use', at: window.from }, wish);
}

function search(
  axes: readonly (readonly [OperandName, readonly Comparable[]])[],
  use: PolicyUse,
  wish: (use: PolicyUse) => boolean,
): PolicyUse | null {
  const [axis, ...rest] = axes;
  if (axis === undefined) return wish(use) ? use : null;
  const [operand, values] = axis;
  for (const value of values) {
    const found = search(rest, setters[operand](use, value), wish);
    if (found !== null) return found;
  }
  return null;
}

const setters: Readonly<Record<OperandName, (use: PolicyUse, value: Comparable) => PolicyUse>> = {
  // First of all, so that what hangs on the time of use is reckoned from it and the earliest use is found first.
  dateTime: (use, value) => ({ ...use, at: new Date(value) }),
  elapsedTime: (use, value) => ({ ...use, agreedAt: new Date(use.at.getTime() - Number(value)) }),
  count: (use, value) => ({ ...use, count: Number(value) }),
  purpose: (use, value) => ({ ...use, purpose: String(value) }),
  spatial: (use, value) => ({ ...use, place: String(value) }),
  recipient: (use, value) => ({ ...use, recipient: String(value) }),
};

function axesOf(tests: readonly Test[], window: PolicyWindow): Map<OperandName, readonly Comparable[]> {
  const axes = new Map<OperandName, readonly Comparable[]>();
  for (const name of Object.keys(setters) as OperandName[]) {
    const about = tests.filter(({ operand }) => operand?.name === name);
    const kind = about[0]?.operand?.kind;
    if (kind === undefined) continue;
    const values = about.flatMap((test) => test.values);
    axes.set(name, edgesOf(kind, values, window));
  }
  return axes;
}

function edgesOf(kind: ValueKind, values: readonly Comparable[], { from, until }: PolicyWindow): readonly Comparable[] {
  if (kind === 'name') return [...new Set([...values, NOBODY])];
  if (kind === 'place') return [...new Set([...values, NOWHERE])];
  const [least, most] = {
    instant: [from.getTime(), until.getTime() - 1],
    span: [0, CENTURY_MS],
    count: [1, Number.MAX_SAFE_INTEGER / 2],
  }[kind] as [number, number];
  const edges = values.flatMap((value) => [Number(value) - 1, Number(value), Number(value) + 1]);
  const inside = [least, ...edges, most].filter((edge) => edge >= least && edge <= most);
  return [...new Set(inside)].sort((a, b) => a - b);
}
