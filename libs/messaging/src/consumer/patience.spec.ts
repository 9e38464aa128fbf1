import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../logger.js';
import { isInfrastructureFailure, Obstacle, patiently } from './patience.js';
import { Interrupted } from './waiting.js';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

describe('patience', () => {
  it.each(['ECONNREFUSED', '57P01', '57P03', '08006', '53100', '53300', '40001', '40P01', '55P03', '28P01'])(
    'waits for what the event is not to blame for: %s',
    (code) => {
      expect(isInfrastructureFailure(failure(code))).toBe(true);
      expect(isInfrastructureFailure(new Error('wrapped', { cause: failure(code) }))).toBe(true);
    },
  );

  it.each(['23505', '23514', '22P02', '42P01', '57014'])(
    'does not wait for a failure that will come again: %s',
    (code) => {
      expect(isInfrastructureFailure(failure(code))).toBe(false);
    },
  );

  it('tries until it works and says meanwhile what it waits for', async () => {
    const obstacle = new Obstacle();
    const seen: (string | undefined)[] = [];
    let calls = 0;
    const work = (): Promise<string> => {
      seen.push(obstacle.reason);
      calls += 1;
      return calls < 3 ? Promise.reject(failure('ECONNREFUSED')) : Promise.resolve('done');
    };
    const waiting = patiently(work, { signal: new AbortController().signal, logger: silentLogger, obstacle });
    expect(await waiting).toBe('done');
    expect(seen).toEqual([undefined, undefined, undefined]);
    expect(obstacle.reason).toBeUndefined();
  });

  it('ends when interrupted, and names the obstacle until then', async () => {
    const stop = new AbortController();
    const obstacle = new Obstacle();
    const logger = { ...silentLogger, warn: () => queueMicrotask(() => stop.abort(obstacle.reason)) };
    const waiting = patiently(() => Promise.reject(failure('ECONNREFUSED')), { signal: stop.signal, logger, obstacle });
    await expect(waiting).rejects.toBeInstanceOf(Interrupted);
    expect(stop.signal.reason).toBe('ECONNREFUSED');
  });

  it('passes other failures on at once', async () => {
    const options = { signal: new AbortController().signal, logger: silentLogger, obstacle: new Obstacle() };
    await expect(patiently(() => Promise.reject(failure('23505')), options)).rejects.toMatchObject({ code: '23505' });
  });
});
