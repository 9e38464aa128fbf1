import { serializeList, type Item } from 'structured-headers';

/** What one limit says about one request. */
export interface LimitReading {
  /** Name of the policy: who is counted. */
  readonly policy: 'key' | 'organisation' | 'address' | 'files';
  /** Requests allowed in a window. */
  readonly quota: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  /** Until the window starts anew. */
  readonly resetSeconds: number;
  readonly exceeded: boolean;
}

/** Header names and values, lower case. */
export type RateLimitHeaders = Readonly<Record<string, string>>;

/**
 * The one place that writes rate limit fields: `RateLimit-Policy` names every limit, `RateLimit` speaks of the one
 * that will stop the caller first, `Retry-After` is there when one already did
 * (draft-ietf-httpapi-ratelimit-headers-11, sections 3 and 4; serialised per RFC 9651).
 */
export function rateLimitHeaders(readings: readonly LimitReading[]): RateLimitHeaders {
  const tightest = tightestOf(readings);
  if (tightest === undefined) return {};
  const state: Item = [
    tightest.policy,
    new Map([
      ['r', tightest.remaining],
      ['t', tightest.resetSeconds],
    ]),
  ];
  return {
    'ratelimit-policy': policyOf(readings),
    ratelimit: serializeList([state]),
    ...(tightest.exceeded ? { 'retry-after': String(Math.max(1, tightest.resetSeconds)) } : {}),
  };
}

/** As many texts as there are sets of limits in the settings: each is written once. */
const policies = new Map<string, string>();

function policyOf(readings: readonly LimitReading[]): string {
  const name = readings.map(({ policy, quota, windowSeconds }) => `${policy} ${quota} ${windowSeconds}`).join();
  const known = policies.get(name);
  if (known !== undefined) return known;
  const items = readings.map(({ policy, quota, windowSeconds }): Item => {
    const bounds = { q: quota, w: windowSeconds };
    return [policy, new Map(Object.entries(bounds))];
  });
  const text = serializeList(items);
  policies.set(name, text);
  return text;
}

/** The reading that stops the caller first: an exceeded one with the longest wait, else the smallest share left. */
export function tightestOf(readings: readonly LimitReading[]): LimitReading | undefined {
  const exceeded = readings.filter((reading) => reading.exceeded);
  if (exceeded.length > 0) return exceeded.reduce((a, b) => (b.resetSeconds > a.resetSeconds ? b : a));
  return readings.reduce<LimitReading | undefined>(
    (tightest, reading) => (tightest === undefined || shareLeft(reading) < shareLeft(tightest) ? reading : tightest),
    undefined,
  );
}

function shareLeft(reading: LimitReading): number {
  return reading.quota === 0 ? 0 : reading.remaining / reading.quota;
}
