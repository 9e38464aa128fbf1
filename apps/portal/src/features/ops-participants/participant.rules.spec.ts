import { expect, it } from '@jest/globals';
import { admissionMoves, certificateState } from './participant.rules.js';

it('offers what fits the state of an organisation', () => {
  const offered = (status: Parameters<typeof admissionMoves>[0]) =>
    Object.entries(admissionMoves(status)).flatMap(([move, fits]) => (fits ? [move] : []));
  expect(offered('submitted')).toEqual(['take']);
  expect(offered('review')).toEqual(['ask', 'refuse', 'approve']);
  expect(offered('approved')).toEqual(['suspend']);
  expect(offered('suspended')).toEqual(['reinstate']);
  expect(offered('ended')).toEqual([]);
});

it('warns thirty days before a certificate ends', () => {
  const now = Date.parse('2026-11-23T00:00:00Z');
  expect(certificateState('2026-11-22', now)).toBe('expired');
  expect(certificateState('2026-12-20', now)).toBe('soon');
  expect(certificateState('2027-12-20', now)).toBe('valid');
});
