import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { requirementsFor } from '../checklist/checklist.js';
import { editApplication, submitApplication } from './application.js';
import { decideParticipant, type ParticipantDecision } from './participant-decision.js';
import {
  beginApplication,
  decidedAt,
  mayActAs,
  participantTransitions,
  registerParticipant,
  type Participant,
  type ParticipantCommand,
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

const by = { subject: 'usr_operator', organisationId: 'org_exchange' };
const papers = requirementsFor('CN', registration.roles).map(({ id, legalisation, expires }) => ({
  requirement: id,
  issuedOn: '2025-12-01',
  validUntil: expires ? '2030-01-01' : null,
  legalisation,
}));
const submission = { by: { subject: 'usr_1' }, at: later, today: '2026-01-06', papers, openQuestions: 0 };
const profile = {
  legalName: 'Lingnan Herbal Data Co., Ltd.',
  registrationNumber: '91440300MA5EXAMPLE',
  address: 'Shenzhen',
  website: null,
  contact: { name: 'Li', email: 'li@lingnan.example', phone: null },
  owners: [{ name: 'Li', share: '100' }],
  statement: 'Own clinics.',
};

const decisions: Record<Exclude<ParticipantCommand, 'edit' | 'submit'>, ParticipantDecision> = {
  take: { command: 'take', by, at: later },
  ask: { command: 'ask', reason: 'which clinics?', by, at: later },
  approve: { command: 'approve', by, at: later },
  refuse: { command: 'refuse', reason: 'no source', by, at: later },
  suspend: { command: 'suspend', reason: 'licence lapsed', by, at: later },
  reinstate: { command: 'reinstate', by, at: later },
  renew: { command: 'renew', by, at: later },
  end: { command: 'end', reason: 'wound up', by, at: later },
};
const play = (before: Participant, command: ParticipantCommand) => {
  if (command === 'edit') return editApplication(before, { homeCurrency: 'HKD' });
  return command === 'submit' ? submitApplication(before, submission) : decideParticipant(before, decisions[command]);
};

function inStatus(status: ParticipantStatus): Participant {
  if (status === 'registered') return unwrap(registerParticipant(registration, registeredAt));
  const draft = { ...unwrap(beginApplication(registration, registeredAt)), profile };
  const approved = { ...draft, status, approvedAt: registeredAt, approvedBy: 'usr_first' };
  if (status === 'approved') return approved;
  if (status === 'suspended') return { ...approved, suspendedAt: registeredAt, suspensionReason: 'first reason' };
  if (status === 'ended') return { ...approved, endedAt: registeredAt, endReason: 'first reason' };
  return { ...draft, status, ...(status === 'review' ? { takenBy: 'usr_other' } : {}) };
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
  const order = ['edit', 'submit', 'take', 'ask', 'approve', 'refuse', 'suspend', 'reinstate', 'renew', 'end'] as const;
  // In this order; "·" stands for refused, "=" for nothing changes.
  const rows: Record<ParticipantStatus, string> = {
    draft: 'draft submitted · · · · · · · ended',
    registered: '· · · · approved · · · · ended',
    submitted: '· = review · · · · · · ·',
    review: '· = = supplement approved ended · · · ·',
    supplement: 'supplement review · = · · · · · ended',
    approved: '· · · · = · suspended = approved ended',
    suspended: '· · · · · · = approved · ended',
    ended: '· · · · · = · · · =',
  };
  const expected = (status: ParticipantStatus, command: ParticipantCommand): Cell => {
    const word = rows[status].split(' ')[order.indexOf(command)] ?? '';
    return word === '·' ? 'refused' : word === '=' ? 'same' : (word as ParticipantStatus);
  };
  const cells = participantTransitions.states.flatMap((status) =>
    order.map((command) => [status, command, expected(status, command)] as const),
  );

  it.each(cells)('%s × %s → %s', (status, command, cell) => {
    const before = inStatus(status);
    const decided = play(before, command);
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
    const lifted = unwrap(
      decideParticipant(participant, { command: 'reinstate', by: { ...by, subject: 'usr_2' }, at: later }),
    );
    expect(lifted.participant).toMatchObject({ suspendedAt: null, suspensionReason: null, approvedBy: 'usr_2' });
  });

  it('says what is possible instead', () => {
    const decided = decideParticipant(inStatus('suspended'), decisions.approve);
    expect(decided).toMatchObject({ error: { meta: { accepted: ['reinstate', 'end'] } } });
  });
});

describe('whose eyes decide an application', () => {
  const taken = { ...inStatus('review'), takenBy: 'usr_operator', submittedBy: 'usr_1' };

  it('are two people of the exchange where the organisation will sell', () => {
    const refused = { ok: false, error: { code: 'PARTICIPANT_FOUR_EYES', kind: 'forbidden' } };
    expect(decideParticipant(taken, decisions.approve)).toMatchObject(refused);
    const second = { ...decisions.approve, by: { ...by, subject: 'usr_second' } };
    expect(unwrap(decideParticipant(taken, second)).participant.status).toBe('approved');
    expect(decideParticipant({ ...taken, roles: ['law_firm'] }, decisions.approve)).toMatchObject(refused);
    expect(decideParticipant({ ...taken, roles: ['buyer'] }, decisions.approve).ok).toBe(true);
  });

  it.each([
    ['who submitted it', { ...by, subject: 'usr_1' }],
    ['who belongs to it', { ...by, organisationId: 'org_1' }],
  ])('are never those of %s', (_who, own) => {
    expect(decideParticipant(taken, { ...decisions.approve, by: own })).toMatchObject({
      error: { code: 'PARTICIPANT_FOUR_EYES' },
    });
  });
});

describe('handing an application in', () => {
  it('names everything that is missing at once, each with its rule', () => {
    const bare = { ...inStatus('draft'), profile: null };
    const refused = submitApplication(bare, { ...submission, papers: papers.slice(1) });
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'PARTICIPANT_APPLICATION_INCOMPLETE',
        items: [
          { pointer: '/profile', code: 'PROFILE_MISSING' },
          { pointer: '/documents/cn_business_licence', code: 'DOCUMENT_MISSING' },
        ],
      },
    });
  });

  it.each([
    ['expired', { validUntil: '2026-01-05' }, 'DOCUMENT_EXPIRED'],
    ['of no end where it must have one', { validUntil: null }, 'DOCUMENT_EXPIRED'],
  ])('refuses a paper that is %s', (_what, change, code) => {
    const changed = papers.map((paper) =>
      paper.requirement === 'cn_legal_representative' ? { ...paper, ...change } : paper,
    );
    expect(submitApplication(inStatus('draft'), { ...submission, papers: changed })).toMatchObject({
      error: { items: [{ pointer: '/documents/cn_legal_representative', code }] },
    });
  });

  it('waits for the answers to the reviewer’s questions', () => {
    expect(submitApplication(inStatus('supplement'), { ...submission, openQuestions: 1 })).toMatchObject({
      error: { code: 'PARTICIPANT_QUESTIONS_OPEN' },
    });
  });

  it('asks a merchant for beneficial owners and an account', () => {
    const ownerless = { ...inStatus('draft'), profile: { ...profile, owners: [] } };
    expect(submitApplication(ownerless, submission)).toMatchObject({ error: { items: [{ code: 'OWNERS_MISSING' }] } });
    const unpaid = { ...inStatus('draft'), bankAccount: null };
    expect(submitApplication(unpaid, submission)).toMatchObject({
      error: { code: 'PARTICIPANT_BANK_ACCOUNT_MISSING' },
    });
  });
});
