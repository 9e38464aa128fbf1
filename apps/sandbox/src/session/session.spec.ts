import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { billedMinutes } from './session-bill.js';
import {
  approveSession,
  proveViewer,
  sessionTransitions,
  stepSession,
  voteThaw,
  type PixelSession,
  type SessionCommand,
  type SessionStatus,
} from './session.js';

const AT = '2026-11-20T02:00:00.000Z';
const LATER = '2026-11-20T02:05:00.000Z';
const requested: PixelSession = {
  id: 'pxs_1',
  person: 'usr_viewer',
  personName: '陳大文',
  organisationId: 'par_hk',
  enclaveId: 'enc_1',
  grounds: {
    ...{ agreementId: 'agr_1', productId: 'prd_1', versionId: 'dsv_1', custodianId: 'par_sz', place: 'HK' },
    ...{
      basis: { kind: 'gba_standard_contract', reference: 'GBA-7' },
      releaseId: 'rel_1',
      meters: ['session_minutes'],
    },
  },
  purpose: 'scientific_research',
  language: 'zh-Hant',
  status: 'requested',
  firstEpoch: 1,
  decidedBy: null,
  frozenAt: null,
  provedAt: null,
  thawVotes: [],
  requestedAt: AT,
  startedAt: null,
  endedAt: null,
  endReason: null,
};
const frozen: PixelSession = { ...requested, status: 'frozen', frozenAt: AT, provedAt: AT };

describe('The life of a session', () => {
  const { states, table } = sessionTransitions;
  const commands = [...new Set(states.flatMap((state) => Object.keys(table[state])))] as SessionCommand[];
  const cases = states.flatMap((status) =>
    commands.filter((command) => command !== 'thaw').map((command) => [status, command] as const),
  );

  it.each(cases)('from %s, %s leads where the table says or is refused', (status, command) => {
    const outcome = stepSession({ ...requested, status }, command, AT);
    const [expected] = sessionTransitions.targets(status, command);
    if (expected === undefined) expect(outcome).toMatchObject({ ok: false, error: { code: 'SESSION_NOT_NOW' } });
    else expect(outcome).toMatchObject({ ok: true, value: { status: expected } });
  });

  it('shows nothing again once it has ended, whatever is asked of it', () => {
    const over: readonly SessionStatus[] = [
      'ended',
      'terminated',
      'sealed',
      'archived',
      'destroyed',
      'denied',
      'expired',
      'failed',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...over),
        fc.array(fc.constantFrom(...commands), { maxLength: 12 }),
        (status, steps) => {
          const end = steps.reduce<PixelSession>(
            (session, command) => {
              const next =
                command === 'thaw' ? voteThaw(session, 'usr_op', LATER) : stepSession(session, command, LATER);
              return next.ok ? next.value : session;
            },
            { ...requested, status },
          );
          expect(over).toContain(end.status);
        },
      ),
    );
  });

  it('is approved by somebody else than who looks', () => {
    expect(approveSession(requested, 'usr_viewer', AT)).toMatchObject({
      error: { code: 'SESSION_OWN_CASE' },
    });
    expect(approveSession(requested, 'usr_steward', AT)).toMatchObject({
      value: { status: 'approved', decidedBy: 'usr_steward' },
    });
  });
});

describe('A frozen session', () => {
  type Deed = { readonly kind: 'vote'; readonly operator: string } | { readonly kind: 'prove' };
  const deed: fc.Arbitrary<Deed> = fc.oneof(
    fc.constantFrom('usr_a', 'usr_b', 'usr_viewer').map((operator): Deed => ({ kind: 'vote', operator })),
    fc.constant<Deed>({ kind: 'prove' }),
  );

  it('goes on only with the yes of two operators, neither its viewer, and the proof of its viewer', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 8 }), (deeds) => {
        let session = frozen;
        const voted = new Set<string>();
        let proved = false;
        for (const done of deeds) {
          if (session.status !== 'frozen') break;
          const next = done.kind === 'prove' ? proveViewer(session, LATER) : voteThaw(session, done.operator, LATER);
          if (next.ok) session = next.value;
          if (done.kind === 'prove') proved = true;
          else if (done.operator !== 'usr_viewer') voted.add(done.operator);
          expect(session.status).toBe(proved && voted.size === 2 ? 'active' : 'frozen');
        }
      }),
    );
  });

  it('takes one yes an operator, and forgets all of them when it is frozen again', () => {
    const once = voteThaw(frozen, 'usr_a', LATER);
    if (!once.ok) throw new Error('The first yes was refused.');
    expect(voteThaw(once.value, 'usr_a', LATER)).toMatchObject({ error: { code: 'SESSION_SAME_OPERATOR' } });
    const again = stepSession({ ...once.value, status: 'active' }, 'freeze', LATER);
    expect(again).toMatchObject({ value: { thawVotes: [], frozenAt: LATER } });
  });
});

describe('What a session costs', () => {
  const over: PixelSession = {
    ...requested,
    status: 'ended',
    startedAt: AT,
    endedAt: '2026-11-20T02:05:00.001Z',
    endReason: 'done',
  };

  it('is every minute that was begun, and nothing for a fault of the house or without the meter', () => {
    expect(billedMinutes(over, Date.parse)).toBe(6);
    expect(billedMinutes({ ...over, endReason: 'recording_failed' }, Date.parse)).toBe(0);
    expect(billedMinutes({ ...over, startedAt: null }, Date.parse)).toBe(0);
    expect(billedMinutes({ ...over, grounds: { ...over.grounds, meters: [] } }, Date.parse)).toBe(0);
  });
});
