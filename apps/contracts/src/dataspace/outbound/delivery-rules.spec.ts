import { describe, expect, it } from '@jest/globals';
import { judgeAttempt, type Attempt } from './delivery-rules.js';

const PAUSES = [300, 600, 1_200, 2_500, 5_000];
const answered = (status: number, body?: unknown): Attempt => ({ kind: 'answered', status, body });
const judge = (attempt: Attempt, attempts = 1) => judgeAttempt(attempt, attempts, PAUSES);

describe('an attempt to deliver a message', () => {
  it.each([200, 201, 204])('has delivered it with %i, whatever the body', (status) => {
    expect(judge(answered(status))).toEqual({ kind: 'delivered', body: undefined });
  });

  it.each([500, 502, 503, 409, 429])('that met %i is made again until the pauses are used up', (status) => {
    const verdicts = [1, 2, 3, 4, 5, 6].map((attempts) => judge(answered(status), attempts));
    expect(verdicts.map((verdict) => (verdict.kind === 'again' ? verdict.inMs : verdict.kind))).toEqual([
      ...PAUSES,
      'given-up',
    ]);
  });

  it.each([400, 401, 404, 422])('that met %i is made three times in the first moments, then it is meant', (status) => {
    const kinds = [1, 2, 3].map((attempts) => judge(answered(status), attempts).kind);
    expect(kinds).toEqual(['again', 'again', 'given-up']);
  });

  it('is never redirected, and never made where it must not be', () => {
    expect(judge(answered(302)).kind).toBe('given-up');
    expect(judge({ kind: 'forbidden', fault: '10.0.0.1 does not lead to the public internet' })).toMatchObject({
      kind: 'given-up',
    });
  });

  it('says for the operator what the peer said', () => {
    const verdict = judge(answered(400, { code: 'INVALID_STATE', reason: ['Too late.', {}] }), 3);
    expect(verdict).toMatchObject({ fault: 'The peer answered 400: INVALID_STATE Too late.' });
    expect(judge({ kind: 'unreachable', fault: 'ECONNREFUSED' }, 6)).toMatchObject({
      fault: 'ECONNREFUSED; 6 attempts were made',
    });
  });
});
