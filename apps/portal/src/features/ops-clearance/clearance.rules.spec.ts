import { describe, expect, it } from '@jest/globals';
import type { CustomsRequirement } from '@hetao/client';
import { decidedBy, laneNames, officerMoves, placesToAsk, riskTone } from './clearance.rules.js';

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

it('asks about the whole, its parts, and each paper once, whichever way asks for it', () => {
  const way = (...ids: string[]) => ({ documents: ids.map((id) => ({ id })) }) as unknown as CustomsRequirement;
  const places = placesToAsk({ requirement: way('CONTRACT', 'IMPACT'), alternatives: [way('IMPACT', 'CERTIFICATE')] });
  expect(places.slice(0, 2)).toEqual(['/form', '/form/exporter']);
  expect(places.slice(-3)).toEqual(['/documents/CONTRACT', '/documents/IMPACT', '/documents/CERTIFICATE']);
  // Each is a place that customs takes.
  const taken = /^\/(form|facts|documents)(\/[A-Za-z0-9_.-]{1,64}){0,4}$/;
  expect(places.filter((place) => !taken.test(place))).toEqual([]);
});
