import { describe, expect, it } from '@jest/globals';
import { mainlandYear, maxPersonsAnEvent, readPersons } from './persons.js';

const hash = (digit: string) => digit.repeat(64);
const read = (persons: unknown) => readPersons(JSON.stringify({ meters: { rows: '1' }, persons }));

describe('the persons of an event', () => {
  it('are none where it names none', () => {
    expect(readPersons('{"meters":{"calls":"1"}}')).toEqual({ ok: true, value: undefined });
    expect(readPersons('{"meters":{"calls":"1"},"note":"\\"persons\\""}')).toEqual({ ok: true, value: undefined });
    expect(read({})).toEqual({ ok: true, value: { general: [], sensitive: [] } });
  });

  it('are each counted once', () => {
    expect(read({ general: [hash('a'), hash('b'), hash('a')], sensitive: [hash('a')] })).toEqual({
      ok: true,
      value: { general: [hash('a'), hash('b')], sensitive: [hash('a')] },
    });
  });

  it.each([
    [null, '/data/persons'],
    [[hash('a')], '/data/persons'],
    ['x', '/data/persons'],
    [{ general: 'x' }, '/data/persons/general'],
    [{ general: [hash('a'), hash('A')] }, '/data/persons/general/1'],
    [{ sensitive: [7] }, '/data/persons/sensitive/0'],
    [{ sensitive: ['Zhang San'] }, '/data/persons/sensitive/0'],
    [{ named: [] }, '/data/persons'],
    [{ general: Array.from({ length: maxPersonsAnEvent + 1 }, () => hash('a')) }, '/data/persons/general'],
  ])('are refused as %j at %s', (persons, pointer) => {
    expect(read(persons)).toMatchObject({ ok: false, error: { code: 'USAGE_PERSONS_INVALID', pointer } });
  });

  it('belong to the year that Beijing writes', () => {
    expect(mainlandYear(Date.parse('2015-12-31T15:59:59.999Z'))).toBe(2015);
    expect(mainlandYear(Date.parse('2015-12-31T16:00:00Z'))).toBe(2016);
  });
});
