import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { safeReturnPath, sessionEndMs, sessionState, worthTouching } from './session.js';

const MINUTE = 60_000;
const limits = { idleMs: 30 * MINUTE, absoluteMs: 12 * 60 * MINUTE };
const createdAt = new Date('2026-11-22T08:00:00Z');
const at = (minutes: number) => new Date(createdAt.getTime() + minutes * MINUTE);

describe('sessionState', () => {
  it.each([
    ['live', 0, 29.99],
    ['idle', 0, 30],
    ['live', 719, 719.9],
    ['expired', 719, 720],
    ['expired', 0, 720],
  ])('is %s when last seen at minute %d and asked at minute %d', (state, lastSeen, now) => {
    expect(sessionState({ createdAt, lastSeenAt: at(lastSeen) }, at(now), limits)).toBe(state);
  });

  it('ends exactly when sessionEndMs says', () => {
    fc.assert(
      fc.property(fc.nat({ max: 800 }), (lastSeen) => {
        const session = { createdAt, lastSeenAt: at(lastSeen) };
        const end = sessionEndMs(session, limits);
        expect(sessionState(session, new Date(end), limits)).not.toBe('live');
        expect(sessionState(session, new Date(end - 1), limits)).toBe('live');
      }),
    );
  });
});

describe('worthTouching', () => {
  it('writes once a minute, oftener when sessions are short', () => {
    const session = { createdAt, lastSeenAt: createdAt };
    expect(worthTouching(session, at(0.9), limits)).toBe(false);
    expect(worthTouching(session, at(1), limits)).toBe(true);
    expect(worthTouching(session, at(0.25), { ...limits, idleMs: MINUTE })).toBe(true);
  });
});

describe('safeReturnPath', () => {
  it.each(['/', '/docs', '/home?lang=en#x'])('keeps %s', (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });

  it.each([
    undefined,
    '',
    'docs',
    '//evil.example',
    '/\\evil.example',
    '/a\\b',
    'https://evil.example',
    '/ x',
    '/\n',
    '/\t//x',
  ])('sends %s home', (path) => {
    expect(safeReturnPath(path)).toBe('/');
  });

  it('never leaves the site, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `/${text}`),
        ),
        (wanted) => {
          expect(new URL(safeReturnPath(wanted), 'https://door.example').origin).toBe('https://door.example');
        },
      ),
      { numRuns: 500 },
    );
  });
});
