import { firstBatchNo, receiptDay } from '../storage/batch-no.js';
import { type MeterDefinition, type MeterFilter, pathOf } from '../meter/meter.js';
import type { Interval } from '../window/calendar.js';
import { formatInstant, msPerDay } from '../window/instant.js';

/** What is asked of one meter of one agreement. */
export interface Evaluation {
  readonly definition: MeterDefinition;
  readonly agreementId: string;
  /** In order, without gaps. */
  readonly windows: readonly Interval[];
  /** JSON pointers; usage is told apart by the values there. */
  readonly groupBy: readonly string[];
  /** On top of the definition's own. */
  readonly filters: readonly MeterFilter[];
  /** For what holds over time: up to when it is known; windows that end later count until here. */
  readonly knownUntilMs: number;
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** How far back the value that holds at the start of the first window is looked for. */
const LOOKBACK_MS = 92 * msPerDay;
/** Whole numbers and fractions that an event can say; anything else at a numeric meter's place is passed over. */
const NUMERIC = String.raw`'^(0|[1-9][0-9]{0,23})(\.[0-9]{1,12})?$'`;

/** Numbers the values of a statement. */
class Values {
  readonly list: unknown[] = [];

  add(value: unknown): string {
    return `$${this.list.push(value)}`;
  }
}

/**
 * The statement that evaluates a meter from the events themselves: `bucket` (from 1), `groups`, `value` (decimal text),
 * `weight` (what the value is yet to be divided by, or null) and `events`.
 *
 * @param most rows; one more is asked for, so that the caller sees that there are more.
 */
export function evaluationSql(evaluation: Evaluation, most: number): Statement {
  const values = new Values();
  const { aggregation } = evaluation.definition;
  const from = aggregation === 'time_weighted' ? startOf(evaluation) - LOOKBACK_MS : startOf(evaluation);
  const matching = matchingSql(evaluation, values, from);
  const select = aggregation === 'time_weighted' ? weightedSql(evaluation, values) : bucketSql(evaluation, values);
  const text = `WITH matching AS (${matching}) ${select} ORDER BY bucket, groups LIMIT ${values.add(most + 1)}`;
  return { text, values: values.list };
}

/** The statement that sums the rollups: same columns, no groups. Windows begin and end on quarter hours. */
export function rollupSql({ agreementId, definition, windows }: Evaluation): Statement {
  const values = new Values();
  const text = `SELECT width_bucket(window_start, ${bounds(windows, values)}) AS bucket, '{}'::text[] AS groups,
      trim_scale(sum(quantity))::text AS value, NULL AS weight, sum(events)::float8 AS events
     FROM usage_totals
    WHERE agreement_id = ${values.add(agreementId)} AND meter = ${values.add(definition.meter)}
      AND window_start >= ${values.add(instantOf(windows[0]?.startMs))}
      AND window_start < ${values.add(instantOf(windows.at(-1)?.endMs))}
    GROUP BY 1 ORDER BY 1`;
  return { text, values: values.list };
}

function startOf({ windows }: Evaluation): number {
  return windows[0]?.startMs ?? 0;
}

function instantOf(ms = 0): string {
  return formatInstant(ms);
}

function bounds(windows: readonly Interval[], values: Values): string {
  const instants = [...windows.map((window) => window.startMs), windows.at(-1)?.endMs ?? 0];
  return `${values.add(instants.map(formatInstant))}::timestamptz[]`;
}

/** Events of the meter, with value and groups. Nothing is received before it happens, but for clocks that run ahead. */
function matchingSql(evaluation: Evaluation, values: Values, fromMs: number): string {
  const { definition, agreementId, windows, groupBy, filters } = evaluation;
  const groups = groupBy.map((pointer) => textAt(pointer, values));
  const conditions = [...definition.filters, ...filters].map((filter) => filterSql(filter, values));
  const low = firstBatchNo(Math.max(receiptDay(fromMs) - 1, 0));
  return `SELECT t, source_no, event_id, v, groups FROM (
    SELECT e.event_time AS t, e.source_no, e.event_id, ${valueSql(definition, values)} AS v,
           ARRAY[${groups.join(', ')}]::text[] AS groups
      FROM usage_live e
     WHERE e.agreement_id = ${values.add(agreementId)} AND e.batch_no >= ${values.add(low)}
       AND e.event_time >= ${values.add(instantOf(fromMs))}
       AND e.event_time < ${values.add(instantOf(windows.at(-1)?.endMs))}
       ${conditions.map((condition) => `AND ${condition}`).join(' ')}) events
   WHERE v IS NOT NULL`;
}

function textAt(pointer: string, values: Values): string {
  return `(e.data #>> ${values.add(pathOf(pointer))}::text[])`;
}

function valueSql({ aggregation, value }: MeterDefinition, values: Values): string {
  const path = value.kind === 'quantity' ? ['meters', value.meter] : pathOf(value.pointer);
  const text = `(e.data #>> ${values.add(path)}::text[])`;
  if (aggregation === 'unique' || aggregation === 'count') return text;
  return `CASE WHEN ${text} ~ ${NUMERIC} THEN ${text}::numeric END`;
}

function filterSql({ pointer, operator, values: wanted }: MeterFilter, values: Values): string {
  const text = textAt(pointer, values);
  if (operator === 'gte' || operator === 'lt') {
    const sign = operator === 'gte' ? '>=' : '<';
    return `CASE WHEN ${text} ~ ${NUMERIC} THEN ${text}::numeric ${sign} ${values.add(wanted[0])}::numeric END`;
  }
  const among = `${text} = ANY(${values.add(wanted)}::text[])`;
  // What is absent is not equal to anything.
  return operator === 'ne' ? `(${among}) IS NOT TRUE` : among;
}

const AGGREGATES = {
  sum: ['trim_scale(sum(v))::text', 'NULL'],
  count: ['count(*)::text', 'NULL'],
  unique: ['count(DISTINCT v)::text', 'NULL'],
  max: ['trim_scale(max(v))::text', 'NULL'],
  min: ['trim_scale(min(v))::text', 'NULL'],
  avg: ['trim_scale(sum(v))::text', 'count(*)::text'],
} as const;

function bucketSql({ definition: { aggregation }, windows }: Evaluation, values: Values): string {
  const bucketed = `(SELECT width_bucket(t, ${bounds(windows, values)}) AS bucket, * FROM matching) m`;
  if (aggregation === 'latest') {
    return `SELECT * FROM (
      SELECT DISTINCT ON (bucket, groups) bucket, groups, trim_scale(v)::text AS value, NULL AS weight,
             (count(*) OVER (PARTITION BY bucket, groups))::float8 AS events
        FROM ${bucketed} ORDER BY bucket, groups, t DESC, event_id DESC, source_no DESC) latest`;
  }
  const [value, weight] = AGGREGATES[aggregation as keyof typeof AGGREGATES];
  return `SELECT bucket, groups, ${value} AS value, ${weight} AS weight, count(*)::float8 AS events
    FROM ${bucketed} GROUP BY bucket, groups`;
}

/** A value holds from its event to the next of its group; before the first event it is zero. Seconds, exactly. */
function weightedSql({ windows, knownUntilMs }: Evaluation, values: Values): string {
  const known = values.add(instantOf(knownUntilMs));
  const starts = values.add(windows.map((window) => formatInstant(window.startMs)));
  const ends = values.add(windows.map((window) => formatInstant(window.endMs)));
  return `, holding AS (
      SELECT t, v, groups,
             lead(t, 1, ${known}::timestamptz) OVER (PARTITION BY groups ORDER BY t, event_id, source_no) AS until
        FROM matching WHERE t < ${known}::timestamptz),
    windows AS (
      SELECT bucket, starts, least(ends, ${known}::timestamptz) AS ends
        FROM unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) WITH ORDINALITY AS w (starts, ends, bucket))
    SELECT bucket::int AS bucket, groups,
           trim_scale(sum(v * extract(epoch FROM least(until, ends) - greatest(t, starts))))::text AS value,
           trim_scale(extract(epoch FROM ends - starts))::text AS weight,
           (count(*) FILTER (WHERE t >= starts))::float8 AS events
      FROM windows JOIN holding ON t < ends AND until > starts
     WHERE ends > starts GROUP BY bucket, starts, ends, groups`;
}
