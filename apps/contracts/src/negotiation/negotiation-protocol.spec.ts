import { describe, expect, it } from '@jest/globals';
import {
  messageSenders,
  negotiationMessages,
  negotiationTransitions,
  nextState,
  type NegotiationMessage,
  type NegotiationState,
  type Side,
} from './negotiation-protocol.js';

/** The table of the protocol, written out by hand: one line a state, one letter a message; `.` is refused. */
const table: Readonly<Record<NegotiationState, string>> = {
  // request offer accepted agreement verification finalized termination
  REQUESTED: '. O . A . . T',
  OFFERED: 'R . C . . . T',
  ACCEPTED: '. . . A . . T',
  AGREED: '. . . . V . T',
  VERIFIED: '. . . . . F T',
  FINALIZED: '. . . . . . .',
  TERMINATED: '. . . . . . .',
};
const letters: Readonly<Record<string, NegotiationState>> = {
  R: 'REQUESTED',
  O: 'OFFERED',
  C: 'ACCEPTED',
  A: 'AGREED',
  V: 'VERIFIED',
  F: 'FINALIZED',
  T: 'TERMINATED',
};
const sides: readonly Side[] = ['provider', 'consumer'];

const cells = negotiationTransitions.states.flatMap((state) =>
  negotiationMessages.flatMap((message, column) =>
    sides.map((side) => [state, message, side, letters[table[state].split(' ')[column] ?? '.'] ?? 'refused'] as const),
  ),
);

describe('every state × message × side', () => {
  it('is ninety-eight cells', () => {
    expect(cells).toHaveLength(7 * 7 * 2);
    expect(cells.filter(([, , , to]) => to !== 'refused')).toHaveLength(24);
  });

  it.each(cells)('%s × %s of the %s → %s', (state, message, side, to) => {
    const answered = nextState(state, message, side);
    if (!messageSenders[message].includes(side)) {
      expect(answered).toMatchObject({ error: { code: 'NEGOTIATION_WRONG_SIDE', meta: { state, message, side } } });
    } else if (to === 'refused') {
      expect(answered).toMatchObject({ error: { code: 'REQUEST_TRANSITION_REFUSED', meta: { state, message } } });
    } else {
      expect(answered).toEqual({ ok: true, value: to });
    }
  });

  it('says what would be possible instead', () => {
    const detail = (state: NegotiationState, message: NegotiationMessage, side: Side) => {
      const answered = nextState(state, message, side);
      return answered.ok ? null : answered.error.detail;
    };
    expect(detail('OFFERED', 'verification', 'consumer')).toBe(
      'A verification is not possible while the negotiation is OFFERED; possible now: a request, an acceptance, a termination.',
    );
    expect(detail('FINALIZED', 'termination', 'provider')).toMatch(/it is over, and nothing changes it any more/);
  });
});
