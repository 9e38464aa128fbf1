import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verificationOutcomes } from '@hetao/proofs';
import { attestationTransitions } from '../registration/attestation.js';
import { judge, verificationTransitions, type Evidence, type KnownAttestation } from './verification.js';

const COMMITMENT = 'ab'.repeat(32);
const AT = new Date('2026-03-01T00:00:00Z');
const question = { commitment: COMMITMENT, holderId: 'org_h', at: AT };
const known: KnownAttestation = {
  commitment: COMMITMENT,
  state: 'registered',
  holderId: 'org_h',
  validFrom: new Date('2026-01-01T00:00:00Z'),
  issuerTrusted: true,
};
const sound: Evidence = { receipt: 'good', logSuspect: false, attestation: known };

const evidences = fc.record({
  receipt: fc.constantFrom<Evidence['receipt'][]>('absent', 'good', 'invalid', 'inconsistent'),
  logSuspect: fc.boolean(),
  attestation: fc.option(
    fc.record({
      commitment: fc.constantFrom(COMMITMENT, 'cd'.repeat(32)),
      state: fc.constantFrom(...attestationTransitions.states),
      holderId: fc.constantFrom('org_h', 'org_x'),
      validFrom: fc.constantFrom(new Date('2026-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z')),
      issuerTrusted: fc.boolean(),
    }),
  ),
});

describe('the outcome of a verification', () => {
  it.each<[string, Partial<Evidence>, Partial<KnownAttestation>]>([
    ['matched_valid', {}, {}],
    ['matched_valid', { receipt: 'absent' }, {}],
    ['matched_expired', {}, { state: 'expired' }],
    ['matched_expired', {}, { validFrom: new Date(AT.getTime() + 1) }],
    ['matched_revoked', {}, { state: 'revoked' }],
    ['matched_revoked', {}, { state: 'superseded' }],
    ['mismatch', {}, { commitment: 'cd'.repeat(32) }],
    ['no_record', {}, { state: 'prepared' }],
    ['no_record', {}, { holderId: 'org_x' }],
    ['issuer_untrusted', {}, { issuerTrusted: false }],
    ['proof_invalid', { receipt: 'invalid' }, {}],
    ['log_inconsistent', { receipt: 'inconsistent' }, {}],
    ['log_inconsistent', { logSuspect: true }, {}],
  ])('is %s for %j, %j', (outcome, evidence, attestation) => {
    expect(judge({ ...sound, ...evidence, attestation: { ...known, ...attestation } }, question)).toBe(outcome);
  });

  it('is no_record for what is not known', () => {
    expect(judge({ ...sound, attestation: null }, question)).toBe('no_record');
  });

  it('is a match only when everything speaks for it, and tells a stranger to the file nothing of its status', () => {
    fc.assert(
      fc.property(evidences, (evidence) => {
        const outcome = judge(evidence, question);
        const { attestation: a, receipt, logSuspect } = evidence;
        const trusted = a !== null && a.issuerTrusted && a.holderId === 'org_h' && a.commitment === COMMITMENT;
        if (outcome.startsWith('matched'))
          expect(trusted && !logSuspect && ['absent', 'good'].includes(receipt)).toBe(true);
        if (outcome === 'matched_valid') expect([a?.state, a && a.validFrom <= AT]).toEqual(['registered', true]);
        const stranger = judge(evidence, { ...question, commitment: 'ef'.repeat(32) });
        expect(stranger.startsWith('matched')).toBe(false);
        const otherStatus =
          a && a.state !== 'prepared'
            ? judge(
                { ...evidence, attestation: { ...a, state: 'revoked' } },
                { ...question, commitment: 'ef'.repeat(32) },
              )
            : stranger;
        expect(otherStatus).toBe(stranger);
      }),
      { numRuns: 500 },
    );
  });

  it('can be reached only through the holder’s consent, and every one can', () => {
    expect(verificationTransitions.targets('requested', 'judge')).toEqual([]);
    expect([...verificationTransitions.targets('consented', 'judge')].sort()).toEqual([...verificationOutcomes].sort());
    for (const outcome of verificationOutcomes) expect(verificationTransitions.isFinal(outcome)).toBe(true);
  });
});
