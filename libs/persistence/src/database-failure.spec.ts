import { describe, expect, it } from '@jest/globals';
import { DomainException } from '@hetao/kernel';
import {
  databaseErrors,
  databaseFailure,
  databaseProblem,
  isDatabaseUnavailable,
  isTransactionConflict,
  isUniqueViolation,
} from './index.js';

const failed = (code: string, extra: object = {}): Error => Object.assign(new Error('it failed'), { code, ...extra });

describe('databaseFailure', () => {
  it.each([
    ['40001', 'conflict'],
    ['40P01', 'conflict'],
    ['53100', 'full'],
    ['58030', 'full'],
    ['53300', 'exhausted'],
    ['53200', 'exhausted'],
    ['57014', 'timeout'],
    ['55P03', 'timeout'],
    ['57P01', 'unreachable'],
    ['57P03', 'unreachable'],
    ['08006', 'unreachable'],
    ['25006', 'unreachable'],
    ['28P01', 'refused'],
    ['3D000', 'refused'],
    ['ECONNREFUSED', 'unreachable'],
    ['ECONNRESET', 'unreachable'],
    ['23505', 'other'],
    ['42601', 'other'],
  ])('takes code %s for "%s"', (code, failure) => {
    expect(databaseFailure(failed(code))).toBe(failure);
  });

  it.each([
    ['Connection terminated unexpectedly', 'unreachable'],
    ['Connection terminated due to connection timeout', 'unreachable'],
    ['Client has encountered a connection error and is not queryable', 'unreachable'],
    ['Cannot use a pool after calling end on the pool', 'unreachable'],
    ['timeout exceeded when trying to connect', 'exhausted'],
    ['Connection of the two products was refused', 'other'],
  ])('takes the message "%s" for "%s"', (message, failure) => {
    expect(databaseFailure(new Error(message))).toBe(failure);
  });

  it('looks through wrapping errors and aggregates', () => {
    const wrapped = new Error('saving failed', { cause: new Error('again', { cause: failed('40P01') }) });
    expect(isTransactionConflict(wrapped)).toBe(true);
    expect(isDatabaseUnavailable(new AggregateError([failed('ECONNREFUSED'), failed('ECONNREFUSED')]))).toBe(true);
  });

  it('ends on a cause that points back at itself', () => {
    const circular = new Error('round and round');
    circular.cause = circular;
    expect(databaseFailure(circular)).toBe('other');
  });

  it('counts a refused account as unavailable: an event is not to blame for a changed password', () => {
    expect(isDatabaseUnavailable(failed('28P01'))).toBe(true);
    expect(isDatabaseUnavailable(failed('57014'))).toBe(false);
  });

  it('knows its own problems again, and leaves those of others alone', () => {
    const own = new DomainException(databaseErrors.COMMIT_OUTCOME_UNKNOWN('lost'));
    expect(isDatabaseUnavailable(own)).toBe(true);
    expect(databaseProblem(own)).toBe(own.problem);
    expect(databaseFailure('not even an error')).toBe('other');
  });
});

describe('databaseProblem', () => {
  it.each([
    ['57P01', 'DATABASE_UNAVAILABLE'],
    ['53100', 'DATABASE_FULL'],
    ['53300', 'DATABASE_BUSY'],
    ['57014', 'DATABASE_BUSY'],
    ['40001', 'TRANSACTION_CONFLICT'],
    ['28P01', 'DATABASE_REFUSED'],
  ])("shows code %s as %s, answered with 503 and without the driver's words", (code, expected) => {
    const problem = databaseProblem(failed(code));
    expect(problem).toMatchObject({ code: expected, kind: 'unavailable' });
    expect(problem?.detail).not.toContain('it failed');
    expect(problem?.fix).not.toBe('');
  });

  it('does not excuse faults of the program', () => {
    expect(databaseProblem(failed('42601'))).toBeUndefined();
    expect(databaseProblem(new TypeError('x is undefined'))).toBeUndefined();
    expect(
      databaseProblem(new DomainException({ ...databaseErrors.DATABASE_BUSY('x'), code: 'OFFER_EXPIRED' })),
    ).toBeUndefined();
  });
});

describe('isUniqueViolation', () => {
  it('names the constraint on request', () => {
    const error = failed('23505', { constraint: 'offers_pkey' });
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'offers_pkey')).toBe(true);
    expect(isUniqueViolation(error, 'offers_number_key')).toBe(false);
    expect(isUniqueViolation(failed('23503'))).toBe(false);
  });
});
