import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '@hetao/kernel';
import { day } from '../../test/sample-terms.js';
import {
  actOnDispute,
  disputeTransitions,
  openDispute,
  type Dispute,
  type DisputeCommand,
  type DisputeSide,
  type DisputeStatus,
} from './dispute.js';

const by = { subject: 'usr_1', organisationId: 'org_1' };
const opened = openDispute(
  {
    id: 'adp_1',
    agreementId: 'agr_1',
    merchantId: 'org_merchant',
    buyerId: 'org_buyer',
    openedBy: 'buyer',
    ground: 'quality',
    claim: 'a third is empty',
    openedAt: day(0),
  },
  { by, evidence: [] },
);
const act = (dispute: Dispute, command: DisputeCommand, side: DisputeSide) =>
  actOnDispute(dispute, { command, side, by, said: 'x', evidence: [], remedy: 'terminate', at: day(1) });

/** Who takes each step in the course of the table. */
const taker: Record<DisputeCommand, DisputeSide> = {
  answer: 'merchant',
  add_evidence: 'buyer',
  mediate: 'buyer',
  arbitrate: 'merchant',
  propose: 'merchant',
  accept: 'buyer',
  withdraw: 'buyer',
  uphold: 'operator',
  reject: 'operator',
};
const proposed = unwrap(act(opened.dispute, 'propose', 'merchant')).dispute;
const inStatus = (status: DisputeStatus): Dispute => ({ ...proposed, status });
const commands = Object.keys(taker) as DisputeCommand[];

describe('every status × command', () => {
  const cells = disputeTransitions.states.flatMap((status) => commands.map((command) => [status, command] as const));

  it('is seventy-two cells', () => {
    expect(cells).toHaveLength(72);
    const open = { answer: 1, mediate: 2, arbitrate: 1, uphold: 1, reject: 1 };
    for (const [command, count] of Object.entries(open)) {
      const accepting = disputeTransitions.states.filter((status) =>
        disputeTransitions.canTransition(status, command as DisputeCommand),
      );
      expect([command, accepting.length]).toEqual([command, count]);
    }
  });

  it.each(cells)('%s × %s', (status, command) => {
    const before = inStatus(status);
    const acted = act(before, command, taker[command]);
    const [to] = disputeTransitions.targets(status, command);
    if (to === undefined) {
      expect(acted).toMatchObject({ error: { code: 'AGREEMENT_DISPUTE_TRANSITION_REFUSED', meta: { status } } });
      return;
    }
    const over = disputeTransitions.isFinal(to);
    expect(acted).toMatchObject({
      value: {
        dispute: { status: to, step: before.step + 1, closedAt: over ? day(1) : null },
        step: { step: before.step + 1, command, from: status, to, side: taker[command] },
      },
    });
  });
});

describe('who may', () => {
  const sides = ['merchant', 'buyer', 'operator'] as const;

  it.each([
    ['open', 'answer', ['merchant']],
    ['open', 'withdraw', ['buyer']],
    ['open', 'mediate', ['merchant', 'buyer', 'operator']],
    ['open', 'propose', ['merchant', 'buyer']],
    ['open', 'add_evidence', ['merchant', 'buyer', 'operator']],
    ['in_mediation', 'arbitrate', ['merchant', 'buyer']],
    ['in_arbitration', 'uphold', ['operator']],
    ['in_arbitration', 'reject', ['operator']],
  ] as const)('in %s: %s', (status, command, may) => {
    for (const side of sides) {
      const acted = act(inStatus(status), command, side);
      if ((may as readonly string[]).includes(side)) expect([side, acted.ok]).toEqual([side, true]);
      else expect(acted).toMatchObject({ error: { code: 'AGREEMENT_DISPUTE_ROLE_NEEDED', meta: { needed: may } } });
    }
  });

  it('settle: not with himself, and not what nobody proposed', () => {
    for (const [dispute, side] of [
      [opened.dispute, 'buyer'],
      [proposed, 'merchant'],
    ] as const) {
      expect(act(dispute, 'accept', side)).toMatchObject({ error: { code: 'AGREEMENT_DISPUTE_NOTHING_PROPOSED' } });
    }
    expect(unwrap(act(proposed, 'accept', 'buyer')).dispute).toMatchObject({ status: 'settled', remedy: 'none' });
  });

  it('rule: what is upheld has its remedy, what is rejected none', () => {
    expect(unwrap(act(inStatus('in_arbitration'), 'uphold', 'operator')).dispute.remedy).toBe('terminate');
    expect(unwrap(act(inStatus('in_arbitration'), 'reject', 'operator')).dispute.remedy).toBe('none');
  });
});

describe('any dispute', () => {
  it('goes on step by step, is never reopened, and ends even when it is full', () => {
    const step = fc.tuple(fc.constantFrom(...commands), fc.constantFrom<DisputeSide>('merchant', 'buyer', 'operator'));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (orders) => {
        let dispute = opened.dispute;
        for (const [command, side] of orders) {
          const acted = act(dispute, command, side);
          if (!acted.ok) continue;
          expect(dispute.closedAt).toBeNull();
          expect(acted.value.step).toMatchObject({ step: dispute.step + 1, from: dispute.status });
          dispute = acted.value.dispute;
        }
        expect(dispute.closedAt !== null).toBe(disputeTransitions.isFinal(dispute.status));
      }),
    );
    const full = { ...proposed, step: 200 };
    expect(act(full, 'add_evidence', 'buyer')).toMatchObject({ error: { code: 'AGREEMENT_DISPUTE_FULL' } });
    expect(act(full, 'withdraw', 'buyer').ok).toBe(true);
  });
});
