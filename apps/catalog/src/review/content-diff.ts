import type { JsonValue } from '@hetao/kernel';

/** One place that differs; an absent side is null. */
export interface Difference {
  /** RFC 6901. */
  readonly pointer: string;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

const MAX_DIFFERENCES = 1000;

/** Every place in which two documents differ, smallest places first named; lists are compared place by place. */
export function differences(before: JsonValue, after: JsonValue): readonly Difference[] {
  const found: Difference[] = [];
  compare('', before, after, found);
  return found;
}

function compare(pointer: string, before: JsonValue, after: JsonValue, found: Difference[]): void {
  if (found.length >= MAX_DIFFERENCES) return;
  const [left, right] = [entriesOf(before), entriesOf(after)];
  if (left === undefined || right === undefined) {
    if (before !== after) found.push({ pointer, before, after });
    return;
  }
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const inner = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    compare(inner, left.get(key) ?? null, right.get(key) ?? null, found);
  }
}

function entriesOf(value: JsonValue): ReadonlyMap<string, JsonValue> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map(Object.entries(value as Record<string, JsonValue>));
}
