import { BadRequestException, HttpException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { DomainException } from '@hetao/kernel';
import { httpErrors } from './http.errors.js';
import { knownFailure } from './failure-problem.js';
import { problemOf, retryAfterSeconds, STATUS_BY_KIND } from './problem.js';

const place = { instance: '/v1/x', traceId: 'f'.repeat(32) };

describe('What a client may know of a failure', () => {
  it('is all of an expected one, however deep it is wrapped', () => {
    const expected = httpErrors.RESOURCE_NOT_FOUND('No such thing.');
    const wrapped = new Error('outer', { cause: new Error('middle', { cause: new DomainException(expected) }) });
    expect(knownFailure(wrapped)).toEqual({ error: expected });
  });

  it('is nothing of a fault of ours', () => {
    expect(knownFailure(new TypeError('x is not a function'))).toBeUndefined();
    expect(knownFailure('a string')).toBeUndefined();
    expect(knownFailure(new HttpException('teapot', 500))).toBeUndefined();
    expect(knownFailure(Object.assign(new Error('bad gateway'), { statusCode: 502 }))).toBeUndefined();
  });

  it.each(['22021', '22P05'])('is that no database keeps U+0000, which the client sent: %s', (code) => {
    const failure = knownFailure(new Error('wrapped', { cause: Object.assign(new Error('SELECT'), { code }) }));
    expect(failure?.error).toMatchObject({ code: 'REQUEST_MALFORMED', kind: 'invalid' });
    expect(JSON.stringify(failure)).not.toContain('SELECT');
  });

  it.each([
    ['57P01', 'DATABASE_UNAVAILABLE'],
    ['53100', 'DATABASE_FULL'],
    ['53300', 'DATABASE_BUSY'],
    ['57014', 'DATABASE_BUSY'],
    ['40001', 'TRANSACTION_CONFLICT'],
  ])('is that the database is in trouble: %s', (code, expected) => {
    const failure = knownFailure(Object.assign(new Error('SELECT secret FROM users'), { code }));
    expect(failure?.error.code).toBe(expected);
    const problem = problemOf(failure?.error ?? httpErrors.REQUEST_MALFORMED(''), place);
    expect([problem.status, retryAfterSeconds(problem), JSON.stringify(problem).includes('SELECT')]).toEqual([
      503,
      2,
      false,
    ]);
  });

  it('keeps the status of refusals that come from plugins', () => {
    expect(knownFailure(new BadRequestException('No such header'))).toMatchObject({
      status: 400,
      error: { code: 'REQUEST_REFUSED' },
    });
    expect(knownFailure(Object.assign(new Error('slow down'), { statusCode: 429 }))).toMatchObject({ status: 429 });
  });
});

describe('The table of statuses', () => {
  it('gives each kind a status of its own', () => {
    const statuses = Object.values(STATUS_BY_KIND);
    expect(new Set(statuses).size).toBe(statuses.length);
    expect(statuses.every((status) => status >= 400 && status < 600)).toBe(true);
  });

  it('shows a single pointer as the one entry of errors', () => {
    const error = httpErrors.CURSOR_INVALID('Damaged.', { pointer: '/cursor' });
    expect(problemOf(error, place).errors).toEqual([
      { pointer: '/cursor', code: 'CURSOR_INVALID', detail: 'Damaged.' },
    ]);
  });

  it('lets a failure say how long to wait', () => {
    const error = httpErrors.SERVICE_STARTING('Soon.', { meta: { retry_after_seconds: 7.2 } });
    expect(retryAfterSeconds(problemOf(error, place))).toBe(8);
  });
});
