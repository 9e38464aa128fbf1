import { describe, expect, it } from '@jest/globals';
import { beginning } from './release.js';

const at = new Date('2026-11-23T02:00:00Z');
const chosen = (day: string) => ({ day, from: new Date(`${day}T00:00:00+08:00`) });

describe('when a release begins', () => {
  it('is now, unless the officer names a day', () => {
    expect(beginning(null, '2026-11-01', at)).toEqual({ ok: true, value: at });
  });

  it.each([
    ['the day of the decision', '2026-11-01', '2026-10-31T16:00:00.000Z'],
    ['today', '2026-11-23', '2026-11-22T16:00:00.000Z'],
  ])('may be %s, from its first instant on the mainland', (_what, day, instant) => {
    expect(beginning(chosen(day), '2026-11-01', at)).toEqual({ ok: true, value: new Date(instant) });
  });

  it.each([
    ['before the decision', '2026-10-31', '2026-11-01'],
    ['tomorrow', '2026-11-24', '2026-11-01'],
    ['a day without any decision', '2026-11-23', null],
  ])('is never %s', (_what, day, decidedOn) => {
    expect(beginning(chosen(day), decidedOn, at)).toMatchObject({
      ok: false,
      error: { code: 'RELEASE_BEGINNING_INVALID' },
    });
  });
});
