import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const queryGateErrors = defineErrors({
  QUERY_REFUSED: {
    kind: 'unprocessable',
    title: 'The query asks for something that is not allowed here',
    fix: 'Send one SELECT over granted tables that groups by columns and counts, sums or averages: detail says which part was refused.',
  },
  QUERY_UNREADABLE: {
    kind: 'unprocessable',
    title: 'The query could not be read',
    fix: 'Send one SELECT statement in DuckDB’s SQL of at most 10,000 characters.',
  },
  QUERY_GATE_BUSY: {
    kind: 'unavailable',
    title: 'The query could not be checked',
    fix: 'Nothing was run. Send it again in a moment.',
  },
});
export type QueryGateError = ErrorOf<typeof queryGateErrors>;

/** Why a query is refused: one word a program can read. */
export type RefusalReason =
  | 'only_one_select'
  | 'node_type'
  | 'table'
  | 'table_function'
  | 'function'
  | 'column'
  | 'column_policy'
  | 'join'
  | 'star'
  | 'subquery'
  | 'filter_clause'
  | 'having'
  | 'top_level_must_aggregate'
  | 'aggregate_argument'
  | 'constant'
  | 'modifier'
  | 'too_large';
