import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '@hetao/kernel';
import { day } from '../../test/sample-terms.js';
import {
  confirmKey,
  keyRecord,
  proposeKey,
  proveKeyHeld,
  revokeKey,
  signingKeyTransitions,
  type KeyActor,
  type SigningKey,
  type SigningKeyCommand,
} from './signing-key.js';

const proposer: KeyActor = { subject: 'usr_a', organisationId: 'org_1' };
const colleague: KeyActor = { subject: 'usr_b', organisationId: 'org_1' };
const input = {
  id: 'sky_1',
  jwk: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  label: 'office',
  validUntil: day(300),
  proveBy: day(1),
  nonce: 'n',
} as const;
const proposed = unwrap(proposeKey(input, proposer, day(0))).key;

const commands = {
  prove: (key: SigningKey, by: KeyActor, at: Date) => proveKeyHeld(key, by, at),
  confirm: confirmKey,
  revoke: (key: SigningKey, by: KeyActor, at: Date) => revokeKey(key, by, { at, reason: 'lost' }),
} satisfies Record<SigningKeyCommand, unknown>;

describe('a signing key', () => {
  it('is named after itself, and its challenge names key and organisation', () => {
    expect(proposed).toMatchObject({
      kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
      algorithm: 'Ed25519',
      status: 'proposed',
    });
    expect(proposed.challenge).toBe('hetao-signing-key:org_1:sky_1:n');
    expect(keyRecord(proposed)).toBeUndefined();
  });

  it.each([
    [day(0), 'SIGNING_KEY_VALIDITY_INVALID'],
    [day(1_099), 'SIGNING_KEY_VALIDITY_INVALID'],
  ])('cannot be valid until %s', (validUntil, code) => {
    expect(proposeKey({ ...input, validUntil }, proposer, day(0))).toMatchObject({
      error: { code, pointer: '/valid_until' },
    });
  });

  const states = { proposed, proven: of('prove'), active: of('prove', 'confirm'), revoked: of('revoke') };
  it.each(
    signingKeyTransitions.states.flatMap((state) =>
      (Object.keys(commands) as SigningKeyCommand[]).map((command) => [state, command] as const),
    ),
  )('%s: %s does what the table says, once', (state, command) => {
    const key = states[state];
    const done = commands[command](key, colleague, day(0));
    const [to] = signingKeyTransitions.targets(state, command);
    const already = { prove: ['proven', 'active'], confirm: ['active'], revoke: ['revoked'] }[command].includes(state);
    if (already) expect(done).toEqual({ ok: true, value: { key, step: null } });
    else if (to === undefined) expect(done).toMatchObject({ error: { code: 'SIGNING_KEY_TRANSITION_REFUSED' } });
    else expect(done).toMatchObject({ value: { key: { status: to }, step: { command, to, bySubject: 'usr_b' } } });
  });

  it('signs only after its holder proved it and somebody else confirmed it, and never after it was revoked', () => {
    const act = fc.record({
      command: fc.constantFrom(...(Object.keys(commands) as SigningKeyCommand[])),
      by: fc.constantFrom(proposer, colleague),
      hours: fc.integer({ min: 0, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), (acts) => {
        let [key, hours, provenInTime, confirmedByOther, revoked] = [proposed, 0, false, false, false];
        for (const { command, by, hours: later } of acts) {
          hours += later;
          const done = commands[command](key, by, new Date(day(0).getTime() + hours * 3_600_000));
          if (!revoked && command === 'prove' && hours < 24) provenInTime = true;
          if (!revoked && command === 'confirm' && by === colleague && provenInTime) confirmedByOther = true;
          if (command === 'revoke') revoked = true;
          if (done.ok) key = done.value.key;
        }
        expect(key.status === 'active').toBe(provenInTime && confirmedByOther && !revoked);
        expect(keyRecord(key) !== undefined).toBe(confirmedByOther);
        expect(key.revokedAt !== null).toBe(revoked);
      }),
      { numRuns: 300 },
    );
  });
});

/** The key after the proposer's colleague did these. */
function of(...names: readonly SigningKeyCommand[]): SigningKey {
  return names.reduce((key, name) => unwrap(commands[name](key, colleague, day(0))).key, proposed);
}
