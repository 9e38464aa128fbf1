import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import {
  attestationTransitions,
  revokeAttestation,
  stateOf,
  supersedeAttestation,
  type Attestation,
  type AttestationState,
} from './attestation.js';

const NOW = new Date('2026-03-01T00:00:00Z');
const registered: Attestation = {
  id: 'att_1',
  issuer: 'org_i',
  holderId: 'org_h',
  schema: 'report/v1',
  commitment: 'ab'.repeat(32),
  keyX: 'x',
  validFrom: new Date('2026-01-01T00:00:00Z'),
  validTo: new Date('2027-01-01T00:00:00Z'),
  supersedes: null,
  registeredAt: NOW,
  revokedAt: null,
  revocationReason: null,
  supersededBy: null,
  supersededAt: null,
  leafIndex: 4,
};
const inState: Readonly<Record<AttestationState, Attestation>> = {
  prepared: { ...registered, leafIndex: null },
  registered,
  superseded: { ...registered, supersededBy: 'att_2', supersededAt: NOW },
  revoked: { ...registered, revokedAt: NOW, revocationReason: 'withdrawn' },
  expired: { ...registered, validTo: NOW },
};

describe('the state of an attestation', () => {
  it.each(attestationTransitions.states)('is %s', (state) => {
    expect(stateOf(inState[state], NOW)).toBe(state);
  });

  it('changes with its last millisecond', () => {
    expect(stateOf(registered, new Date(registered.validTo.getTime() - 1))).toBe('registered');
    expect(stateOf(registered, registered.validTo)).toBe('expired');
  });

  it('keeps what the issuer decided after the period is over', () => {
    const later = new Date('2028-01-01T00:00:00Z');
    expect(stateOf(inState.revoked, later)).toBe('revoked');
    expect(stateOf(inState.superseded, later)).toBe('superseded');
  });
});

describe.each(attestationTransitions.states)('%s', (state) => {
  const allowed = state === 'registered';

  it(`can ${allowed ? '' : 'not '}be revoked`, () => {
    const result = revokeAttestation(inState[state], 'issued_in_error', NOW);
    if (state === 'revoked')
      expect(result).toEqual({ ok: true, value: { attestation: inState.revoked, changed: false } });
    else if (allowed) expect(stateOf(unwrap(result).attestation, NOW)).toBe('revoked');
    else
      expect(result).toMatchObject({ ok: false, error: { code: 'ATTESTATION_TRANSITION_REFUSED', meta: { state } } });
  });

  it(`can ${allowed ? '' : 'not '}be superseded`, () => {
    const result = supersedeAttestation(inState[state], { ...registered, id: 'att_2' }, NOW);
    if (allowed) expect(stateOf(unwrap(result), NOW)).toBe('superseded');
    else expect(result).toMatchObject({ ok: false, error: { code: 'ATTESTATION_TRANSITION_REFUSED' } });
  });
});
