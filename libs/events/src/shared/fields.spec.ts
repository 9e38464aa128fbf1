import { describe, expect, it } from '@jest/globals';
import { currencies, deterministicId, formatMoney, moneyFromJson, moneyToJson, newId } from '@hetao/kernel';
import fc from 'fast-check';
import { date, id, instant, meter, minorUnits, money, period, quantity, sha256 } from './fields.js';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

describe('fields of events', () => {
  it('take what the kernel makes', () => {
    expect(accepts(id, newId('agr'))).toBe(true);
    expect(accepts(id, deterministicId('inv', 'x'))).toBe(true);
    expect(accepts(instant, new Date(0).toISOString())).toBe(true);
    fc.assert(
      fc.property(fc.bigInt(), fc.constantFrom(...currencies), (amountMinor, currency) => {
        const json = moneyToJson({ amountMinor, currency });
        if (json.amountMinor.length > 40) return;
        expect(formatMoney(moneyFromJson(money.parse(json)))).toBe(formatMoney({ amountMinor, currency }));
      }),
    );
  });

  it.each([
    ['id', id, ['agr', 'agr_', 'AGR_1', 'a_1', 'agr_x y', 7, `agr_${'0'.repeat(80)}`]],
    ['instant', instant, ['2015-05-17', '2015-05-17T10:00:00', '2015-05-17T10:00:00+08:00', '2015-02-29T00:00:00Z', 0]],
    ['date', date, ['2015-5-1', '2015-02-29', '17/05/2015']],
    ['period', period, ['2015-13', '2015-00', '2015', '15-05']],
    ['quantity', quantity, ['-1', '1.', '.5', '01', '1e3', '', 1, '1'.repeat(101)]],
    ['minor units', minorUnits, ['1.5', '-0', '+1', '01', '', 1250]],
    ['meter', meter, ['Calls', '', '9bytes', 'a-b']],
    ['sha256', sha256, ['0'.repeat(63), 'g'.repeat(64), 'A'.repeat(64)]],
    ['money', money, [{ amountMinor: 1, currency: 'CNY' }, { amountMinor: '1', currency: 'EUR' }, '1 CNY']],
  ])('refuse what is no %s', (_name, schema, values) => {
    expect(values.filter((value) => accepts(schema, value))).toEqual([]);
  });
});
