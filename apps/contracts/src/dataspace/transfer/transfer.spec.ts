import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  acknowledge,
  applyMessage,
  beginCommand,
  flows,
  otherSide,
  provesReceipt,
  transferTransitions,
  type Transfer,
  type TransferCommand,
  type TransferRole,
} from './transfer.js';

const commands: readonly TransferCommand[] = ['start', 'suspend', 'complete', 'terminate'];
const roles: readonly TransferRole[] = ['provider', 'consumer'];

const fresh = (role: TransferRole): Transfer => ({
  id: 'trf_1',
  role,
  peerId: 'per_1',
  organisationId: 'org_1',
  agreementRef: 'a',
  datasetId: 'd',
  format: 'HttpData-PULL',
  state: 'REQUESTED',
  pending: null,
  consumerPid: 'c',
  providerPid: 'p',
  peerBase: 'https://peer.example/dsp/2025-1',
  pushTo: null,
  code: null,
  reasons: [],
  requestedAt: new Date(0),
});

/** Two sides of one transfer, each with what it believes. Messages arrive at once, answers later or never. */
const plays = fc.array(
  fc.record({ by: fc.constantFrom(...roles), command: fc.constantFrom(...commands), answers: fc.boolean() }),
  { maxLength: 30 },
);

describe('two sides of a transfer', () => {
  it('never disagree once every message was answered, whoever says what and when', () => {
    fc.assert(
      fc.property(plays, (moves) => {
        const sides = { provider: fresh('provider'), consumer: fresh('consumer') };
        for (const { by, command, answers } of moves) {
          const before = sides[by].pending;
          const begun = beginCommand(sides[by], { command, by });
          if (!begun.ok) continue;
          // Messages of one process keep their order: the one before is sent again, and answered, first.
          sides[by] = before === null ? begun.value : acknowledge(begun.value, { command: before as TransferCommand });
          const other = otherSide(by);
          // What arrives while a message of its own is unanswered shows, or does not show, that that one arrived.
          const heard = provesReceipt(sides[other], { command, by })
            ? acknowledge(sides[other], { command: sides[other].pending as TransferCommand })
            : sides[other];
          const applied = applyMessage(heard, { command, by });
          if (!applied.ok) {
            sides[by] = { ...sides[by], pending: null };
            continue;
          }
          sides[other] = applied.value;
          if (answers) sides[by] = acknowledge(sides[by], { command });
        }
        const late = roles.map((role) => {
          const { pending } = sides[role];
          return pending === null || pending === 'request'
            ? sides[role]
            : acknowledge(sides[role], { command: pending });
        });
        const [provider, consumer] = late as [Transfer, Transfer];
        expect(provider.state).toBe(consumer.state);
      }),
      { numRuns: 300 },
    );
  });

  it('never let data flow when either has decided that it stops, or before the provider began', () => {
    for (const state of transferTransitions.states) {
      for (const pending of [null, 'request', ...commands] as const) {
        const expected =
          (state === 'STARTED' && (pending === null || pending === 'start' || pending === 'request')) ||
          pending === 'start';
        expect([state, pending, flows({ state, pending })]).toEqual([state, pending, expected]);
      }
    }
  });

  it('leave a transfer untouched by what is refused', () => {
    const transfer = { ...fresh('provider'), state: 'COMPLETED' } as const;
    for (const command of commands) {
      const refused = applyMessage(transfer, { command, by: 'consumer' });
      expect(refused).toMatchObject({ ok: false, error: { code: 'DSP_INVALID_STATE', meta: { consumerPid: 'c' } } });
    }
    expect(applyMessage(fresh('provider'), { command: 'start', by: 'consumer' })).toMatchObject({
      ok: false,
      error: { code: 'DSP_WRONG_ROLE' },
    });
  });
});
