import { describe, expect, it } from '@jest/globals';
import { checkDescription, type DataField } from './data-description.js';

const field = (change: Partial<DataField> = {}): DataField => ({
  name: 'visit_month',
  meaning: 'Month of the visit',
  meanings: null,
  type: 'date',
  unit: null,
  nullable: null,
  importantData: false,
  personal: false,
  sensitive: false,
  health: false,
  gene: false,
  minor: false,
  exportReason: null,
  ...change,
});
const check = (...fields: DataField[]) =>
  checkDescription({ storedIn: 'CN', subjectsIn: ['CN'], geneUse: null, fields });

describe('the description of the data', () => {
  it('holds when every column is described once and without contradiction', () => {
    expect(check(field(), field({ name: 'syndrome', personal: true, sensitive: true, health: true })).ok).toBe(true);
  });

  it.each(['sensitive', 'health', 'minor'] as const)('refuses a column that is %s but about nobody', (tag) => {
    expect(check(field(), field({ name: 'x', [tag]: true }))).toMatchObject({
      ok: false,
      error: {
        code: 'PRODUCT_FIELDS_CONTRADICT',
        items: [{ pointer: '/fields/1/personal', code: 'FIELD_CONTRADICTS' }],
      },
    });
  });

  it('lets gene data be of nobody in particular: it is regulated all the same', () => {
    expect(check(field({ gene: true })).ok).toBe(true);
  });

  it('refuses a column that is described twice', () => {
    expect(check(field(), field())).toMatchObject({
      error: { items: [{ pointer: '/fields/1/name', code: 'FIELD_TWICE' }] },
    });
  });
});
