import { describe, expect, it } from '@jest/globals';
import { defineErrors, DomainException, registeredErrors, type ErrorOf } from './errors.js';
import { err, isErr, isOk, ok, unwrap, type Result } from './result.js';

const errors = defineErrors({
  SPEC_OFFER_EXPIRED: { kind: 'conflict', title: 'The offer has expired', fix: 'Ask for a new offer.' },
  SPEC_OFFER_UNKNOWN: { kind: 'not_found', title: 'No such offer', fix: 'Look the offer up first.' },
});
type SpecError = ErrorOf<typeof errors>;

describe('defineErrors', () => {
  it('makes errors that say what, where and how to mend it', () => {
    const error: SpecError = errors.SPEC_OFFER_EXPIRED('It ended yesterday.', {
      pointer: '/offer_id',
      meta: { days: 1 },
    });
    expect(error).toEqual({
      code: 'SPEC_OFFER_EXPIRED',
      kind: 'conflict',
      title: 'The offer has expired',
      detail: 'It ended yesterday.',
      fix: 'Ask for a new offer.',
      pointer: '/offer_id',
      meta: { days: 1 },
    });
    expect(errors.SPEC_OFFER_UNKNOWN('ofr_1', { fix: 'Use ofr_2.' }).fix).toBe('Use ofr_2.');
  });

  it('refuses a code that is taken, wherever it was defined', () => {
    const again = { kind: 'gone', title: 't', fix: 'f' } as const;
    expect(() => defineErrors({ SPEC_OFFER_EXPIRED: again })).toThrow(/SPEC_OFFER_EXPIRED is defined twice/);
  });

  it('refuses a malformed code, and then registers none of the set', () => {
    const spec = { kind: 'gone', title: 't', fix: 'f' } as const;
    expect(() => defineErrors({ SPEC_FINE: spec, spec_bad: spec })).toThrow(/"spec_bad" must be UPPER_SNAKE_CASE/);
    expect(registeredErrors().has('SPEC_FINE')).toBe(false);
  });

  it('lists what is registered', () => {
    expect(registeredErrors().get('SPEC_OFFER_UNKNOWN')).toMatchObject({ kind: 'not_found', title: 'No such offer' });
  });
});

describe('Result', () => {
  const sum = (n: number): Result<number, SpecError> => (n > 0 ? ok(n) : err(errors.SPEC_OFFER_UNKNOWN(`n is ${n}`)));

  it('is a value or an error', () => {
    expect([sum(1), sum(0)].map(isOk)).toEqual([true, false]);
    expect([sum(1), sum(0)].map(isErr)).toEqual([false, true]);
  });

  it('unwraps to the value or throws the error for the edge', () => {
    expect(unwrap(sum(2))).toBe(2);
    expect(() => unwrap(sum(0))).toThrow(DomainException);
    expect(() => unwrap(sum(0))).toThrow('SPEC_OFFER_UNKNOWN: n is 0');
  });
});
