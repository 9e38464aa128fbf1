import { describe, expect, it } from '@jest/globals';
import type { Hold } from '@hetao/client';
import { byUrgency, inboxOf, isLate, queueStates, type OpsWork, type Waiting } from './inbox.rules.js';

const NOTHING: OpsWork = {
  products: [],
  participants: [],
  declarations: [],
  holds: [],
  exceptions: [],
  disputes: [],
  agreementDisputes: [],
  bankDetails: [],
  alarms: [],
  logAlarms: [],
};

const waiting = (change: Partial<Waiting>): Waiting => ({
  id: 'x',
  queue: 'listings',
  title: 'x',
  status: 'submitted',
  since: '2026-11-02T00:00:00Z',
  due: null,
  to: { to: '/' },
  ...change,
});

const dispute = (id: string, status: 'open' | 'settled') => ({
  id,
  agreement_id: 'agr_1',
  merchant_id: 'org_m',
  buyer_id: 'org_b',
  opened_by: 'buyer' as const,
  ground: 'quality' as const,
  claim: 'Rows are missing',
  status,
  accepts: [],
  proposal: null,
  remedy: 'none' as const,
  opened_at: '2026-11-03T00:00:00Z',
  closed_at: null,
});

describe('the inbox of operators', () => {
  it('is empty when nothing waits', () => {
    expect(inboxOf(NOTHING)).toEqual([]);
    expect(queueStates([], 0)).toEqual([]);
  });

  it('leaves out what is over', () => {
    const inbox = inboxOf({ ...NOTHING, agreementDisputes: [dispute('a', 'open'), dispute('b', 'settled')] });
    expect(inbox.map(({ id }) => id)).toEqual(['a']);
  });

  it('calls a hold by what the risk rules found, in each language, or by what an officer wrote', () => {
    const put = {
      id: 'hld_1',
      declaration_id: 'dcl_1',
      reason: 'Its risk is 90.',
      risk_reasons: [],
      put_by: 'customs',
    };
    const held: Hold = {
      ...{ ...put, put_at: '2026-11-03T00:00:00Z', risk: null },
      ...{ lift_reason: null, lift_asked_by: null, lifted_by: null, lifted_at: null },
    };
    const rule = (id: string, text: string) => ({
      id,
      points: 45,
      text: { en: text, 'zh-Hans': `${text}简`, 'zh-Hant': `${text}繁` },
    });
    const risk = { score: 90, hold_at: 80, rules: [rule('RISK-A', 'a'), rule('RISK-B', 'b')] };
    expect(inboxOf({ ...NOTHING, holds: [held, { ...held, risk }] }).map(({ title }) => title)).toEqual([
      'Its risk is 90.',
      { en: 'a · b', 'zh-Hans': 'a简 · b简', 'zh-Hant': 'a繁 · b繁' },
    ]);
  });

  it('shows first what has a clock, then the oldest', () => {
    const old = waiting({ id: 'old', since: '2026-10-01T00:00:00Z' });
    const young = waiting({ id: 'young' });
    const soon = waiting({ id: 'soon', due: '2026-11-20' });
    const later = waiting({ id: 'later', due: '2026-12-20T00:00:00Z' });
    expect([young, later, old, soon].sort(byUrgency).map(({ id }) => id)).toEqual(['soon', 'later', 'old', 'young']);
  });

  it('says how many wait in a queue, since when, and how many are late', () => {
    const now = Date.parse('2026-11-21T00:00:00+08:00');
    const inbox = [
      waiting({ queue: 'exceptions', due: '2026-11-20' }),
      waiting({ queue: 'exceptions', due: '2026-11-21', since: '2026-11-01T00:00:00Z' }),
      waiting({}),
    ];
    expect(queueStates(inbox, now)).toEqual([
      { queue: 'listings', count: 1, late: 0, oldest: '2026-11-02T00:00:00Z' },
      { queue: 'exceptions', count: 2, late: 1, oldest: '2026-11-01T00:00:00Z' },
    ]);
  });

  it('lets a day last until midnight in Shenzhen', () => {
    expect(isLate({ due: '2026-11-20' }, Date.parse('2026-11-20T23:59:00+08:00'))).toBe(false);
    expect(isLate({ due: '2026-11-20' }, Date.parse('2026-11-21T00:00:00+08:00'))).toBe(true);
    expect(isLate({ due: null }, Number.MAX_SAFE_INTEGER)).toBe(false);
  });
});
