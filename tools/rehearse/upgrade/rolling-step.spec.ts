import { describe, expect, it } from '@jest/globals';
import { obstaclesBetween } from './rolling-step.js';
import type { ColumnShape, RuleShape, SchemaShape } from './schema-shape.js';

const column = (name: string, type = 'text', isRequired = false): ColumnShape => {
  const [table = '', column = ''] = name.split('.');
  return { table, column, type, isRequired };
};
const rule = (kind: RuleShape['kind'], wording: string, ...columns: string[]): RuleShape => {
  return { table: 'orders', kind, wording, columns };
};
const shape = (columns: ColumnShape[], rules: RuleShape[] = [], walled: string[] = []): SchemaShape => {
  return { columns, rules, walled };
};
const CURRENT = { saysOnWhoseBehalf: true };

const before = shape([column('orders.id', 'text', true), column('orders.state'), column('lines.no', 'integer')]);
const changed = (...columns: ColumnShape[]): string[] => obstaclesBetween(before, shape(columns), CURRENT);
const ruled = (former: RuleShape[], now: RuleShape[]): string[] =>
  obstaclesBetween(shape([...before.columns], former), shape([...before.columns], now), CURRENT);

describe('A version goes on serving', () => {
  it('when columns that may be left out and tables are added', () => {
    const added = [column('orders.note'), column('parcels.id', 'text', true)];
    expect(changed(...before.columns, ...added)).toEqual([]);
  });

  it('when a column has to be given no more', () => {
    expect(changed(column('orders.id'), column('orders.state'), column('lines.no', 'integer'))).toEqual([]);
  });

  it('when a list of values gets longer, also from one', () => {
    const one = rule('check', "CHECK ((state = 'new'::text))", 'state');
    const two = rule('check', "CHECK ((state = ANY (ARRAY['new'::text, 'paid'::text])))", 'state');
    const three = rule('check', "CHECK ((state = ANY (ARRAY['new'::text, 'paid'::text, 'sent'::text])))", 'state');
    expect(ruled([one], [two])).toEqual([]);
    expect(ruled([two], [three])).toEqual([]);
    expect(ruled([three], [])).toEqual([]);
  });

  it('when a rule binds what it does not write', () => {
    const known = rule('check', 'CHECK ((length(note) < 80))', 'note');
    const after = shape([...before.columns, column('orders.note')], [known]);
    expect(obstaclesBetween(before, after, CURRENT)).toEqual([]);
  });

  it('on tables whose rows are kept apart, when it says on whose behalf it asks', () => {
    expect(obstaclesBetween(before, shape([...before.columns], [], ['orders']), CURRENT)).toEqual([]);
  });
});

describe('A version cannot go on serving', () => {
  it('without a table or a column that it knows, or on one of another type', () => {
    expect(changed(column('orders.id', 'text', true), column('orders.status'))).toEqual([
      'the table lines is gone',
      'the column orders.state is gone',
    ]);
    expect(
      changed(column('orders.id', 'text', true), column('orders.state', 'json'), column('lines.no', 'integer')),
    ).toEqual(['the column orders.state is now json']);
  });

  it('when a row has to name what it does not know or leaves out', () => {
    expect(
      changed(
        column('orders.id', 'text', true),
        column('orders.state', 'text', true),
        column('orders.total', 'bigint', true),
        column('lines.no', 'integer'),
      ),
    ).toEqual(['a row of orders has to name state', 'a row of orders has to name total']);
  });

  it('when a list of values gets shorter, or a rule is new', () => {
    const two = rule('check', "CHECK ((state = ANY (ARRAY['new'::text, 'paid'::text])))", 'state');
    const one = rule('check', "CHECK ((state = 'new'::text))", 'state');
    expect(ruled([two], [one])).toEqual([`rows of orders have a new rule: ${one.wording}`]);
    expect(ruled([], [two])).toEqual([`rows of orders have a new rule: ${two.wording}`]);
    const key = rule('key', 'UNIQUE (state)', 'state');
    expect(ruled([], [key])).toEqual(['rows of orders have a new rule: UNIQUE (state)']);
  });

  it('when a key that ON CONFLICT may name is gone', () => {
    const key = rule('key', 'UNIQUE (state)', 'state');
    expect(ruled([key], [])).toEqual(['the key of orders that a write may name is gone: UNIQUE (state)']);
  });

  it('on tables whose rows are kept apart, when it does not say on whose behalf it asks', () => {
    const after = shape([...before.columns], [], ['orders', 'new_ones']);
    expect(obstaclesBetween(before, after, { saysOnWhoseBehalf: false })).toEqual([
      'orders shows its rows to those alone who say on whose behalf they ask',
    ]);
  });
});
