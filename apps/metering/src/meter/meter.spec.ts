import { describe, expect, it } from '@jest/globals';
import { checkMeter, isPlainSum, type MeterDefinition, pathOf, plainMeter } from './meter.js';

const seats: MeterDefinition = {
  ...plainMeter('seats'),
  aggregation: 'unique',
  unit: 'seats',
  value: { kind: 'member', pointer: '/user/id' },
  dimensions: { region: '/region' },
  filters: [{ pointer: '/status', operator: 'in', values: ['200', '206'] }],
  late: { mode: 'adjust', maxDays: 35 },
};
const pointerOf = (changes: Partial<MeterDefinition>) => {
  const checked = checkMeter({ ...seats, ...changes });
  return checked.ok ? 'ok' : checked.error.pointer;
};

describe('a meter', () => {
  it('is taken as it makes sense', () => {
    expect(pointerOf({})).toBe('ok');
    expect(pointerOf({ aggregation: 'time_weighted', value: { kind: 'quantity', meter: 'seats' } })).toBe('ok');
  });

  it.each([
    ['/meter', { meter: 'Seats' }],
    ['/value', { value: { kind: 'quantity', meter: 'seats' } as const }],
    ['/value/meter', { aggregation: 'max', value: { kind: 'quantity', meter: '' } } as const],
    ['/value/pointer', { value: { kind: 'member', pointer: 'user' } as const }],
    ['/value/pointer', { value: { kind: 'member', pointer: '/a~2' } as const }],
    ['/dimensions', { dimensions: { 'Region!': '/region' } }],
    ['/dimensions/region', { dimensions: { region: 'region' } }],
    ['/dimensions', { dimensions: Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`d${at}`, '/x'])) }],
    ['/filters/0', { filters: [{ pointer: '/x', operator: 'eq', values: [] }] as const }],
    ['/filters/0', { filters: [{ pointer: '/x', operator: 'eq', values: ['a', 'b'] }] as const }],
    ['/filters/0', { filters: [{ pointer: '/x', operator: 'gte', values: ['NaN'] }] as const }],
    ['/filters/0', { filters: [{ pointer: 'x', operator: 'eq', values: ['a'] }] as const }],
    ['/late/max_days', { late: { mode: 'adjust', maxDays: 401 } as const }],
  ])('is refused at %s', (pointer, changes) => {
    expect(pointerOf(changes)).toBe(pointer);
  });

  it('needs no look at the events when it is the sum that is kept', () => {
    expect(isPlainSum(plainMeter('calls'))).toBe(true);
    expect(isPlainSum({ ...plainMeter('calls'), late: { mode: 'adjust', maxDays: 3 } })).toBe(true);
    expect(isPlainSum({ ...plainMeter('calls'), aggregation: 'max' })).toBe(false);
    expect(isPlainSum({ ...plainMeter('calls'), value: { kind: 'quantity', meter: 'rows' } })).toBe(false);
    expect(isPlainSum({ ...plainMeter('calls'), filters: seats.filters })).toBe(false);
  });

  it('reads pointers as RFC 6901 writes them', () => {
    expect(pathOf('/a~1b/m~0n/0')).toEqual(['a/b', 'm~n', '0']);
  });
});
