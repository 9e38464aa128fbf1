import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import {
  decideParticipant,
  decidedAt,
  mayActAs,
  participantTransitions,
  registerParticipant,
  type Participant,
  type ParticipantCommand,
  type ParticipantDecision,
  type ParticipantStatus,
  type Registration,
} from './participant.js';

const registeredAt = new Date('2026-01-05T02:00:00Z');
const later = new Date('2026-01-06T02:00:00Z');

const registration: Registration = {
  id: 'org_1',
  name: { en: 'Lingnan Herbal Data', 'zh-Hans': '岭南本草数据', 'zh-Hant': '嶺南本草數據' },
  jurisdiction: 'CN',
  roles: ['merchant', 'buyer'],
  homeCurrency: 'CNY',
  bankAccount: { name: 'Lingnan Herbal Data', accountNumber: '6222021234567890' },
};

const decisions: Record<ParticipantCommand, ParticipantDecision> = {
  approve: { command: 'approve', by: 'usr_operator', at: later },
  suspend: { command: 'suspend', reason: 'licence lapsed', at: later },
  reinstate: { command: 'reinstate', by: 'usr_operator', at: later },
};

function inStatus(status: ParticipantStatus): Participant {
  const fresh = unwrap(registerParticipant(registration, registeredAt));
  return {
    registered: fresh,
    approved: { ...fresh, status: 'approved' as const, approvedAt: registeredAt, approvedBy: 'usr_first' },
    suspended: { ...fresh, status: 'suspended' as const, suspendedAt: registeredAt, suspensionReason: 'first reason' },
  }[status];
}

describe('registering', () => {
  it('starts as registered, with no right to act', () => {
    const participant = inStatus('registered');
    expect(participant).toMatchObject({ status: 'registered', revision: 1, registeredAt });
    expect(mayActAs(participant, 'merchant')).toBe(false);
    expect(decidedAt(participant)).toBe(registeredAt);
  });

  it('asks whoever is paid for a bank account, and a buyer for none', () => {
    const without = { ...registration, bankAccount: null };
    expect(registerParticipant(without, registeredAt)).toMatchObject({
      ok: false,
      error: { code: 'PARTICIPANT_BANK_ACCOUNT_MISSING', pointer: '/bank_account' },
    });
    expect(registerParticipant({ ...without, roles: ['channel'] }, registeredAt).ok).toBe(false);
    expect(registerParticipant({ ...without, roles: ['buyer'] }, registeredAt).ok).toBe(true);
  });

  it('refuses a bank account that cannot be paid to', () => {
    const broken = { ...registration, bankAccount: { name: 'x', iban: 'GB00' } };
    expect(registerParticipant(broken, registeredAt)).toMatchObject({ error: { code: 'BANK_ACCOUNT_INVALID' } });
  });

  it.each([[[]], [['merchant', 'merchant']], [['auditor', 'buyer']]] as const)('refuses the roles %j', (roles) => {
    expect(registerParticipant({ ...registration, roles }, registeredAt)).toMatchObject({
      error: { code: 'PARTICIPANT_ROLES_INVALID', pointer: '/roles' },
    });
  });
});

describe('every status × command', () => {
  type Cell = ParticipantStatus | 'same' | 'refused';
  const expected: Record<ParticipantStatus, Record<ParticipantCommand, Cell>> = {
    registered: { approve: 'approved', suspend: 'refused', reinstate: 'refused' },
    approved: { approve: 'same', suspend: 'suspended', reinstate: 'same' },
    suspended: { approve: 'refused', suspend: 'same', reinstate: 'approved' },
  };
  const cells = participantTransitions.states.flatMap((status) =>
    (Object.keys(decisions) as ParticipantCommand[]).map(
      (command) => [status, command, expected[status][command]] as const,
    ),
  );

  it.each(cells)('%s × %s → %s', (status, command, cell) => {
    const before = inStatus(status);
    const decided = decideParticipant(before, decisions[command]);
    if (cell === 'refused') {
      expect(decided).toMatchObject({
        ok: false,
        error: { code: 'PARTICIPANT_TRANSITION_REFUSED', kind: 'conflict', meta: { status } },
      });
    } else if (cell === 'same') {
      expect(decided).toEqual({ ok: true, value: { participant: before, changed: false } });
    } else {
      expect(decided).toMatchObject({
        ok: true,
        value: { changed: true, participant: { status: cell, revision: before.revision + 1 } },
      });
    }
  });
});

describe('what a decision leaves behind', () => {
  it('lets an approved participant act in his roles only', () => {
    const { participant } = unwrap(decideParticipant(inStatus('registered'), decisions.approve));
    expect(participant).toMatchObject({ approvedAt: later, approvedBy: 'usr_operator' });
    expect(mayActAs(participant, 'merchant')).toBe(true);
    expect(mayActAs(participant, 'channel')).toBe(false);
    expect(decidedAt(participant)).toBe(later);
  });

  it('keeps the reason of a suspension until it is lifted', () => {
    const { participant } = unwrap(decideParticipant(inStatus('approved'), decisions.suspend));
    expect(participant).toMatchObject({ suspendedAt: later, suspensionReason: 'licence lapsed' });
    expect(mayActAs(participant, 'merchant')).toBe(false);
    expect(decidedAt(participant)).toBe(later);
    const lifted = unwrap(decideParticipant(participant, { command: 'reinstate', by: 'usr_2', at: later }));
    expect(lifted.participant).toMatchObject({ suspendedAt: null, suspensionReason: null, approvedBy: 'usr_2' });
  });

  it('says what is possible instead', () => {
    const decided = decideParticipant(inStatus('suspended'), decisions.approve);
    expect(decided).toMatchObject({ error: { meta: { accepted: ['reinstate'] } } });
  });
});
