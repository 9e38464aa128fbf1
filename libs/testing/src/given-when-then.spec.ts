import { describe, expect, it } from '@jest/globals';
import { defineErrors, err, ok, type DomainError, type Result } from '@hetao/kernel';
import { given } from './given-when-then.js';

const errors = defineErrors({
  DOOR_LOCKED: { kind: 'conflict', title: 'The door is locked', fix: 'Unlock it first.' },
});

interface Door {
  readonly state: 'open' | 'closed' | 'locked';
  readonly opened: bigint;
}

const open = (door: Door): Result<Door, DomainError> =>
  door.state === 'locked'
    ? err(errors.DOOR_LOCKED('It was locked at noon.', { pointer: '/state' }))
    : ok({ state: 'open', opened: door.opened + 1n });

const closed: Door = { state: 'closed', opened: 0n };
const locked: Door = { state: 'locked', opened: 0n };

describe('given/when/then', () => {
  it('passes where the decision is as said', () => {
    given(closed).when(open).then({ state: 'open', opened: 1n });
    given(closed)
      .when(open)
      .then((door) => expect(door.opened).toBe(1n));
    given(locked).when(open).thenFails('DOOR_LOCKED', '/state');
  });

  it('fails where it is not', () => {
    expect(() => given(closed).when(open).then({ state: 'open', opened: 2n })).toThrow();
    expect(() => given(closed).when(open).thenFails('DOOR_LOCKED')).toThrow('Expected DOOR_LOCKED, but it was decided');
    expect(() => given(locked).when(open).then(closed)).toThrow('Refused with DOOR_LOCKED: It was locked at noon.');
    expect(() => given(locked).when(open).thenFails('DOOR_LOCKED', '/opened')).toThrow();
    expect(() => given(locked).when(open).thenFails('DOOR_GONE')).toThrow();
  });

  it('fails a decision that changes its input', () => {
    const cheat = (door: { state: string }): Result<{ state: string }, DomainError> => {
      door.state = 'open';
      return ok(door);
    };
    expect(() => given({ state: 'closed' }).when(cheat)).toThrow(TypeError);
  });
});
