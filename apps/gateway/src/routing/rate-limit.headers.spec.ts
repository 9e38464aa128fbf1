import { describe, expect, it } from '@jest/globals';
import { parseList } from 'structured-headers';
import { rateLimitHeaders, type LimitReading } from './rate-limit.headers.js';

const key: LimitReading = {
  policy: 'key',
  quota: 120,
  windowSeconds: 60,
  remaining: 117,
  resetSeconds: 41,
  exceeded: false,
};
const organisation: LimitReading = { ...key, policy: 'organisation', quota: 600, remaining: 12, resetSeconds: 5 };

describe('rateLimitHeaders', () => {
  it('names every policy and speaks of the one that stops the caller first', () => {
    expect(rateLimitHeaders([key, organisation])).toEqual({
      'ratelimit-policy': '"key";q=120;w=60, "organisation";q=600;w=60',
      ratelimit: '"organisation";r=12;t=5',
    });
  });

  it('writes structured fields that parse back', () => {
    const headers = rateLimitHeaders([key]);
    expect(parseList(headers['ratelimit'] ?? '')).toEqual([
      [
        'key',
        new Map([
          ['r', 117],
          ['t', 41],
        ]),
      ],
    ]);
  });

  it('adds Retry-After of the longest wait once a limit is exceeded, never zero', () => {
    const stopped: LimitReading = { ...key, remaining: 0, exceeded: true, resetSeconds: 0 };
    expect(rateLimitHeaders([stopped, organisation])['retry-after']).toBe('1');
    const longer: LimitReading = { ...stopped, policy: 'organisation', resetSeconds: 30 };
    expect(rateLimitHeaders([stopped, longer])).toMatchObject({
      'retry-after': '30',
      ratelimit: '"organisation";r=0;t=30',
    });
  });

  it('says nothing when nothing was counted', () => {
    expect(rateLimitHeaders([])).toEqual({});
  });
});
