import { describe, expect, it } from '@jest/globals';
import { decidedBy, laneNames, officerMoves, riskTone } from './clearance.rules.js';

describe('what an officer may do', () => {
  it.each([
    ['submitted', ['return', 'forward'], ['forward', 'giveBack', 'hold']],
    ['in_authority', ['pass', 'refuse'], ['decide', 'hold']],
    ['decided_pass', ['release'], ['release', 'hold']],
    ['released', ['suspend', 'expire', 'revoke'], []],
    ['draft', ['revise', 'check'], []],
  ] as const)('with a declaration that is %s', (status, commands, expected) => {
    const moves = officerMoves({ status, commands: [...commands] });
    expect(Object.keys(moves).filter((move) => moves[move as keyof typeof moves])).toEqual(expected);
  });
});

it('shows risk by where the policy holds', () => {
  expect([0, 39, 40, 79, 80, 100].map((score) => riskTone(score, 80))).toEqual([
    'good',
    'good',
    'warn',
    'warn',
    'bad',
    'bad',
  ]);
});

it('knows who entered the last decision', () => {
  const history = [
    { command: 'pass', by_subject: 'a' },
    { command: 'exempt', by_subject: 'b' },
    { command: 'release', by_subject: 'c' },
  ];
  expect(decidedBy(history)).toBe('b');
  expect(decidedBy([])).toBeNull();
  expect(laneNames).toEqual(['arrived', 'authority', 'decided', 'released']);
});
