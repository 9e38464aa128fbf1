import { describe, expect, it } from '@jest/globals';
import { pauseBetween } from './recording.rules.js';
import { decisionsOn, isLive, isRecorded } from './session.rules.js';

describe('A session', () => {
  it('is looked at while it runs, locked and frozen too: its viewer is told why', () => {
    const shown = (['ready', 'active', 'idle_locked', 'throttled', 'frozen'] as const).map((status) =>
      isLive({ status }),
    );
    expect(shown).toEqual([true, true, true, true, true]);
    expect((['requested', 'approved', 'ended', 'sealed'] as const).some((status) => isLive({ status }))).toBe(false);
  });

  it('has a recording once it was started', () => {
    expect(isRecorded({ status: 'sealed', started_at: '2026-11-23T08:00:00Z' })).toBe(true);
    expect(isRecorded({ status: 'approved', started_at: null })).toBe(false);
    expect(isRecorded({ status: 'expired', started_at: null })).toBe(false);
  });

  it('is decided on only as it stands', () => {
    expect(decisionsOn({ status: 'requested' })).toEqual({ isAsked: true, mayFreeze: false, mayThaw: false });
    expect(decisionsOn({ status: 'active' })).toEqual({ isAsked: false, mayFreeze: true, mayThaw: false });
    expect(decisionsOn({ status: 'frozen' })).toEqual({ isAsked: false, mayFreeze: false, mayThaw: true });
  });
});

it('a recording is played in its own time, without the long silences', () => {
  const at = '2026-11-23T08:00:00.000Z';
  expect(pauseBetween(undefined, at)).toBe(0);
  expect(pauseBetween(at, '2026-11-23T08:00:00.120Z')).toBe(120);
  expect(pauseBetween(at, '2026-11-23T08:05:00.000Z')).toBe(600);
});
