import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { day, plan, planV2, terms } from '../../test/sample-terms.js';
import { approvalNeeded, isLooser, type ApprovalLimits } from './approval-limits.js';
import { approvalTransitions, askApproval, decideApproval, type Approval, type ApprovalCommand } from './approval.js';
import { dealHash, dealOf, valueAtMost, type Deal } from './deal.js';

const open: ApprovalLimits = {
  maxValueMinor: null,
  openEnded: false,
  crossBorder: false,
  onwardUse: false,
  maxTermDays: null,
  everyDeal: false,
};
const calls = { ...plan, components: plan.components.slice(0, 2) };
const dealInput = {
  organisationId: 'org_buyer',
  role: 'buyer',
  counterpartyId: 'org_merchant',
  terms: { ...terms, plan: calls },
  crossesBorder: true,
} as const;
const deal = dealOf(dealInput);

describe('what a deal can come to', () => {
  it('is every fixed amount of every month it touches, and the quota at its dearest price', () => {
    // 100.00 a month from 11 March to 9 June, four months, and 10,000 calls at 0.05.
    expect(valueAtMost(dealInput.terms)).toBe(40_000n + 50_000n);
    expect(deal).toMatchObject({ atMostMinor: 90_000n, currency: 'CNY', termDays: 90, crossesBorder: true });
  });

  it('has no bound where usage without a quota has a price', () => {
    expect(valueAtMost(terms)).toBeNull();
    expect(valueAtMost({ ...dealInput.terms, quota: null })).toBeNull();
    const free = { ...calls, components: [{ kind: 'per_unit', id: 'c', meter: 'calls', unitPrice: '0', per: '1' }] };
    expect(valueAtMost({ ...terms, plan: free as typeof plan, quota: null })).toBe(0n);
  });

  it('counts packages begun in every month, minimums and credit', () => {
    const components = planV2.components.filter(({ kind }) => kind !== 'tiered' && kind !== 'per_unit');
    const bounded = { ...terms, plan: { ...planV2, components }, quota: { meter: 'reports', limit: '25' } };
    // 310 × 4, (3 + 4) × 99, 1000 × 4, 900 once.
    expect(valueAtMost(bounded)).toBe(124_000n + 69_300n + 400_000n + 90_000n);
    expect(valueAtMost({ ...bounded, quota: { meter: 'calls', limit: '1' } })).toBeNull();
  });

  it('is another deal when any term is another', () => {
    const other = dealOf({ ...dealInput, terms: { ...dealInput.terms, noticeDays: 1 } });
    expect(dealHash(other)).not.toBe(dealHash(deal));
    expect(dealHash(dealOf(dealInput))).toBe(dealHash(deal));
  });
});

describe('whether a colleague is needed', () => {
  it('is up to the limits, and says every reason', () => {
    expect(approvalNeeded(null, deal)).toEqual([]);
    expect(approvalNeeded(open, deal)).toEqual([]);
    const strict = { ...open, maxValueMinor: { CNY: '89999' }, crossBorder: true, maxTermDays: 89, everyDeal: true };
    expect(approvalNeeded(strict, deal)).toEqual([
      'every_deal',
      'value_above_limit',
      'crosses_border',
      'term_too_long',
    ]);
    expect(approvalNeeded({ ...open, onwardUse: true }, { ...deal, onwardUse: true })).toEqual(['onward_use']);
  });

  it('begins above the limit, not at it', () => {
    expect(approvalNeeded({ ...open, maxValueMinor: { CNY: '90000' } }, deal)).toEqual([]);
  });

  it('does not let an unbounded deal or a currency nobody thought of slip under a limit on value', () => {
    const limits = { ...open, maxValueMinor: { CNY: '1' } };
    expect(approvalNeeded(limits, { ...deal, atMostMinor: null })).toEqual(['value_open_ended']);
    expect(approvalNeeded(limits, { ...deal, currency: 'HKD', atMostMinor: 0n })).toEqual(['currency_without_limit']);
  });
});

const limitsOf: fc.Arbitrary<ApprovalLimits> = fc.record({
  maxValueMinor: fc.option(
    fc.record({ CNY: fc.bigInt(0n, 100n).map(String), HKD: fc.bigInt(0n, 100n).map(String) }, { requiredKeys: [] }),
  ),
  openEnded: fc.boolean(),
  crossBorder: fc.boolean(),
  onwardUse: fc.boolean(),
  maxTermDays: fc.option(fc.integer({ min: 1, max: 100 })),
  everyDeal: fc.boolean(),
});
const anyDeal: fc.Arbitrary<Deal> = fc.record({
  organisationId: fc.constant('org_1'),
  role: fc.constant('buyer' as const),
  counterpartyId: fc.constant('org_2'),
  currency: fc.constantFrom('CNY' as const, 'HKD' as const, 'USD' as const),
  atMostMinor: fc.option(fc.bigInt(0n, 110n)),
  crossesBorder: fc.boolean(),
  onwardUse: fc.boolean(),
  termDays: fc.integer({ min: 0, max: 110 }),
  termsHash: fc.constant('a'.repeat(64)),
});

describe('looser limits', () => {
  it('are all that let one person do what he could not: nobody raises his own by a detour', () => {
    fc.assert(
      fc.property(limitsOf, limitsOf, anyDeal, (before, after, any) => {
        const freed = approvalNeeded(before, any).length > 0 && approvalNeeded(after, any).length === 0;
        if (freed) expect(isLooser(before, after)).toBe(true);
        expect(isLooser(before, before)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('are none where there were no limits', () => {
    expect(isLooser(null, open)).toBe(false);
  });
});

describe('every status × command', () => {
  const pending = askApproval(
    {
      id: 'apv_1',
      organisationId: 'org_buyer',
      kind: 'deal',
      matterHash: dealHash(deal),
      matter: {},
      reasons: ['every_deal'],
      note: null,
    },
    'usr_1',
    day(0),
  );
  const goals = { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn' } as const;
  const byOf = { approve: 'usr_2', reject: 'usr_2', withdraw: 'usr_1' } as const;
  const decide = (approval: Approval, command: ApprovalCommand, at = day(1), by: string = byOf[command]) =>
    decideApproval(approval, { command, by, reason: 'r', at });
  const inStatus = (status: Approval['status']): Approval =>
    status === 'pending' ? pending : { ...pending, status, decidedBy: 'usr_2', decidedAt: day(1) };
  const cells = approvalTransitions.states.flatMap((status) =>
    (Object.keys(goals) as ApprovalCommand[]).map((command) => [status, command] as const),
  );

  it.each(cells)('%s × %s', (status, command) => {
    const before = inStatus(status);
    const decided = decide(before, command);
    if (status === goals[command]) expect(decided).toEqual({ ok: true, value: { approval: before, changed: false } });
    else if (status === 'pending') {
      expect(decided).toMatchObject({
        value: { changed: true, approval: { status: goals[command], decidedBy: byOf[command], decidedAt: day(1) } },
      });
    } else expect(decided).toMatchObject({ error: { code: 'APPROVAL_DECIDED', meta: { status } } });
  });

  it('is decided by another person, and taken back by the same', () => {
    expect(decide(pending, 'approve', day(1), 'usr_1')).toMatchObject({ error: { code: 'APPROVAL_OWN' } });
    expect(decide(pending, 'reject', day(1), 'usr_1')).toMatchObject({ error: { code: 'APPROVAL_OWN' } });
    expect(decide(pending, 'withdraw', day(1), 'usr_2')).toMatchObject({ error: { code: 'APPROVAL_OF_ANOTHER' } });
  });

  it('is over after thirty days; a yes counts for thirty more', () => {
    const last = new Date(day(30).getTime() - 1);
    expect(decide(pending, 'approve', day(30))).toMatchObject({ error: { code: 'APPROVAL_EXPIRED' } });
    expect(decide(pending, 'approve', last)).toMatchObject({
      value: { approval: { expiresAt: new Date(day(60).getTime() - 1) } },
    });
  });
});
