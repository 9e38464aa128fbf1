import { err, ok, type Result } from '@hetao/kernel';
import { meterErrors, type MeterError } from './meter.errors.js';

export const aggregations = ['sum', 'count', 'unique', 'max', 'min', 'avg', 'latest', 'time_weighted'] as const;
export type Aggregation = (typeof aggregations)[number];

/** What one unit of a meter is. */
export const meterUnits = [
  'calls',
  'rows',
  'bytes',
  'persons',
  'compute_seconds',
  'gpu_seconds',
  'seats',
  'sessions',
] as const;
export type MeterUnit = (typeof meterUnits)[number];

export const filterOperators = ['eq', 'ne', 'in', 'gte', 'lt'] as const;

/** A condition on a member of an event's data. `gte` and `lt` compare numbers, the others text. */
export interface MeterFilter {
  /** JSON pointer (RFC 6901) into data. */
  readonly pointer: string;
  readonly operator: (typeof filterOperators)[number];
  readonly values: readonly string[];
}

/** Where the value of an event comes from: one of its quantities, or another member of its data. */
export type MeterValue =
  { readonly kind: 'quantity'; readonly meter: string } | { readonly kind: 'member'; readonly pointer: string };

/** What happens to usage that is reported after its month was closed. */
export interface LatePolicy {
  /** `refuse`: it is rejected. `adjust`: it is counted, and the difference charged in the next open month. */
  readonly mode: 'refuse' | 'adjust';
  /** How long after it happened it is still taken. */
  readonly maxDays: number;
}

/** What a meter measures. Data, so that a new meter needs no release of the exchange. */
export interface MeterDefinition {
  readonly meter: string;
  readonly aggregation: Aggregation;
  readonly unit: MeterUnit;
  readonly value: MeterValue;
  /** Names by which usage may be grouped, and where in data they stand. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** All must hold for an event to count. */
  readonly filters: readonly MeterFilter[];
  readonly late: LatePolicy;
}

/** A published definition: it never changes; the next one is another version. */
export interface MeterVersion extends MeterDefinition {
  /** Organisation whose agreements it is for; null for the exchange's own. */
  readonly ownerId: string | null;
  readonly version: number;
  readonly publishedAt: Date;
}

export const maxDimensions = 8;
export const maxFilters = 8;
export const maxFilterValues = 50;
const MAX_LATE_DAYS = 400;
const METER = /^[a-z][a-z0-9_]{0,63}$/;
const POINTER = /^(\/([^/~\p{Cc}]|~[01]){1,64}){1,8}$/u;
const NUMBER = /^(0|[1-9][0-9]{0,23})(\.[0-9]{1,12})?$/;

/** What usage of a meter means where nobody defined it: the sum of what its events say, and nothing late. */
export function plainMeter(meter: string): MeterDefinition {
  return {
    meter,
    aggregation: 'sum',
    unit: 'calls',
    value: { kind: 'quantity', meter },
    dimensions: {},
    filters: [],
    late: { mode: 'refuse', maxDays: 0 },
  };
}

/** True when the sums that are kept as usage comes in are already what the meter measures. */
export function isPlainSum({ meter, aggregation, value, filters }: MeterDefinition): boolean {
  return aggregation === 'sum' && value.kind === 'quantity' && value.meter === meter && filters.length === 0;
}

/** A definition that makes sense, or what is wrong with it and where. */
export function checkMeter(definition: MeterDefinition): Result<MeterDefinition, MeterError> {
  const fault = firstFault(definition);
  if (fault === undefined) return ok(definition);
  const [pointer, detail] = fault;
  return err(meterErrors.METER_DEFINITION_INVALID(`${pointer} ${detail}`, { pointer }));
}

type Fault = readonly [pointer: string, detail: string];

function firstFault({ meter, aggregation, value, dimensions, filters, late }: MeterDefinition): Fault | undefined {
  if (!METER.test(meter)) return ['/meter', 'must be lower-case letters, digits and underscores.'];
  if (value.kind === 'quantity' && !METER.test(value.meter)) return ['/value/meter', 'cannot be a meter.'];
  if (value.kind === 'member' && !POINTER.test(value.pointer)) return ['/value/pointer', 'is no JSON pointer.'];
  if (aggregation === 'unique' && value.kind === 'quantity') {
    return ['/value', 'must name the member whose different values are counted: a quantity says how much, not who.'];
  }
  const names = Object.entries(dimensions);
  if (names.length > maxDimensions) return ['/dimensions', `names ${names.length}; ${maxDimensions} are the most.`];
  for (const [name, pointer] of names) {
    if (!METER.test(name)) return ['/dimensions', `"${name.slice(0, 40)}" cannot be the name of a dimension.`];
    if (!POINTER.test(pointer)) return [`/dimensions/${name}`, 'is no JSON pointer.'];
  }
  if (filters.length > maxFilters) return ['/filters', `has ${filters.length}; ${maxFilters} are the most.`];
  for (const [at, filter] of filters.entries()) {
    const fault = filterFault(filter);
    if (fault !== undefined) return [`/filters/${at}`, fault];
  }
  if (!Number.isInteger(late.maxDays) || late.maxDays < 0 || late.maxDays > MAX_LATE_DAYS) {
    return ['/late/max_days', `must be 0 to ${MAX_LATE_DAYS} days.`];
  }
  return undefined;
}

/** What is wrong with a condition, if anything. */
export function filterFault({ pointer, operator, values }: MeterFilter): string | undefined {
  if (!POINTER.test(pointer)) return 'names no JSON pointer.';
  if (values.length === 0 || values.length > maxFilterValues) return `must name 1 to ${maxFilterValues} values.`;
  if (operator !== 'in' && operator !== 'ne' && values.length > 1) return `takes one value with ${operator}.`;
  const isNumeric = operator === 'gte' || operator === 'lt';
  if (isNumeric && !values.every((value) => NUMBER.test(value))) return `compares numbers with ${operator}.`;
  return undefined;
}

/** The members a JSON pointer goes through, as PostgreSQL's `#>>` takes them. */
export function pathOf(pointer: string): readonly string[] {
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** True for a pointer that may be asked for. */
export function isPointer(text: string): boolean {
  return POINTER.test(text);
}
