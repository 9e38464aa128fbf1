import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import {
  buyerPerson,
  concluded,
  draft,
  inForce,
  inStatus,
  lasting,
  leaving,
  merchantPerson,
  operatorPerson,
  sign,
  suspended,
} from '../../test/sample-agreements.js';
import { day } from '../../test/sample-terms.js';
import { endAgreement, leaveAgreement, supersedeAgreement, withdrawNotice } from './agreement-end.js';
import { resumeAgreement, suspendAgreement } from './agreement-rest.js';
import { renewAgreement } from './agreement-successor.js';
import { advanceAgreement, dueAt, renewsAt, unimpeded } from './agreement-time.js';
import {
  agreementTransitions,
  type Agreement,
  type AgreementCommand,
  type AgreementOutcome,
  type AgreementStatus,
} from './agreement.js';

const setting = {
  merchant: { id: 'org_merchant', name: { en: 'M', 'zh-Hans': 'M', 'zh-Hant': 'M' }, jurisdiction: 'CN' as const },
  buyer: { id: 'org_buyer', name: { en: 'B', 'zh-Hans': 'B', 'zh-Hant': 'B' }, jurisdiction: 'HK' as const },
  origin: 'HK' as const,
  schemaHash: null,
};
const leave = (agreement: Agreement, endsAt: Date | null = null, at = day(20)) =>
  leaveAgreement(agreement, { party: 'buyer', by: buyerPerson, reason: 'no budget', at, endsAt });

describe('every status × command', () => {
  type Cell = AgreementStatus | 'same' | 'refused';
  // Renewing is not done to an agreement that is there: its own tests are below.
  type Command = Exclude<AgreementCommand, 'renew'>;
  const never: Record<Command, Cell> = {
    sign: 'refused',
    activate: 'same',
    suspend: 'refused',
    resume: 'refused',
    give_notice: 'refused',
    withdraw_notice: 'refused',
    supersede: 'refused',
    end: 'refused',
    terminate: 'refused',
    expire: 'same',
  };
  const binding = { sign: 'same', end: 'ended', terminate: 'terminated', expire: 'expired' } as const;
  // What time does (activate, expire) is never refused: where it does not apply, nothing happens.
  const expected: Record<AgreementStatus, Record<Command, Cell>> = {
    awaiting_signatures: {
      ...never,
      sign: 'concluded',
      give_notice: 'lapsed',
      end: 'lapsed',
      terminate: 'lapsed',
      expire: 'lapsed',
    },
    concluded: {
      ...never,
      ...binding,
      activate: 'in_force',
      suspend: 'suspended',
      resume: 'same',
      give_notice: 'concluded',
      withdraw_notice: 'same',
    },
    in_force: {
      ...never,
      ...binding,
      suspend: 'suspended',
      resume: 'same',
      give_notice: 'in_force',
      withdraw_notice: 'same',
      supersede: 'superseded',
    },
    suspended: {
      ...never,
      ...binding,
      suspend: 'suspended',
      resume: 'in_force',
      give_notice: 'suspended',
      withdraw_notice: 'same',
    },
    ended: { ...never, sign: 'same', end: 'same', give_notice: 'same' },
    terminated: { ...never, sign: 'same', terminate: 'same' },
    expired: { ...never, sign: 'same' },
    superseded: { ...never, sign: 'same', supersede: 'same' },
    lapsed: { ...never, end: 'same', terminate: 'same', give_notice: 'same' },
  };
  const by = buyerPerson;
  const at = day(11);
  const commands: Record<Command, (agreement: Agreement) => AgreementOutcome | string> = {
    sign: (agreement) => valueOrCode(sign(agreement, 'buyer')),
    activate: (agreement) => advanceAgreement(agreement, day(10)),
    suspend: (agreement) => valueOrCode(suspendAgreement(agreement, { holder: 'buyer', reason: 'r', by, at })),
    resume: (agreement) => valueOrCode(resumeAgreement(agreement, { holder: 'merchant', reason: 'r', by, at })),
    give_notice: (agreement) => valueOrCode(leave(agreement, day(40), at)),
    withdraw_notice: (agreement) => valueOrCode(withdrawNotice(agreement, { party: 'buyer', by, reason: 'r', at })),
    supersede: (agreement) => valueOrCode(supersedeAgreement(agreement, { by, successorId: 'agr_2', at })),
    end: (agreement) => valueOrCode(endAgreement(agreement, { command: 'end', by, reason: 'done', at })),
    terminate: (agreement) =>
      valueOrCode(endAgreement(agreement, { command: 'terminate', by: operatorPerson, reason: 'breach', at })),
    expire: (agreement) => advanceAgreement(agreement, day(100)),
  };
  const cells = agreementTransitions.states.flatMap((status) =>
    (Object.keys(never) as Command[]).map((command) => [status, command, expected[status][command]] as const),
  );

  it('is ninety cells, and the table of the rules says the same', () => {
    expect(cells).toHaveLength(90);
    for (const [status, command, cell] of cells) {
      if (cell === 'same' || cell === 'refused') continue;
      // Notice of what does not bind yet is its end.
      const meant = status === 'awaiting_signatures' && command === 'give_notice' ? 'end' : command;
      expect(agreementTransitions.targets(status, meant)).toContain(cell);
    }
  });

  it.each(cells)('%s × %s → %s', (status, command, cell) => {
    const before = inStatus[status];
    const outcome = commands[command](before);
    if (cell === 'refused') expect(outcome).toBe('AGREEMENT_TRANSITION_REFUSED');
    else if (cell === 'same') expect(outcome).toEqual({ agreement: before, steps: [], signature: null });
    else {
      expect(outcome).toMatchObject({
        agreement: { status: cell },
        steps: [{ step: before.step + 1, from: status, to: cell }],
      });
    }
  });
});

describe('an agreement whose data crosses a border', () => {
  const crossing: Agreement = { ...concluded, release: { origin: 'CN', destination: 'HK' } };
  const released = { ...unimpeded, released: true };

  it('comes into force with a release only, whatever the date', () => {
    expect(advanceAgreement(crossing, day(10)).agreement.status).toBe('concluded');
    expect(advanceAgreement(crossing, day(9), released).agreement.status).toBe('concluded');
    expect(advanceAgreement(crossing, day(10), released).agreement.status).toBe('in_force');
  });

  it('waits for nothing but its end until it is released, and for its beginning then', () => {
    expect([dueAt(crossing), dueAt(crossing, released)]).toEqual([day(100), day(10)]);
    expect(advanceAgreement(crossing, day(100)).agreement.status).toBe('expired');
  });
});

describe('holding', () => {
  const hold = (agreement: Agreement, holder: 'merchant' | 'buyer' | 'operator') =>
    unwrap(suspendAgreement(agreement, { holder, reason: 'r', by: merchantPerson, at: day(12) }));
  const lift = (agreement: Agreement, holder: 'merchant' | 'buyer' | 'operator') =>
    unwrap(resumeAgreement(agreement, { holder, reason: 'r', by: merchantPerson, at: day(13) }));

  it('lasts until everybody who holds has let go, each for himself', () => {
    const both = hold(hold(inForce, 'merchant').agreement, 'operator').agreement;
    expect(both.holds.map(({ holder }) => holder)).toEqual(['merchant', 'operator']);
    expect(lift(both, 'buyer').steps).toEqual([]);
    const one = lift(both, 'merchant').agreement;
    expect([one.status, lift(one, 'operator').agreement.status]).toEqual(['suspended', 'in_force']);
    expect(hold(both, 'merchant').steps).toEqual([]);
  });

  it('returns to where it rested: what never was in force is not so by a resumption', () => {
    const early = hold(concluded, 'buyer').agreement;
    expect(advanceAgreement(early, day(10)).steps).toEqual([]);
    expect(lift(early, 'buyer').agreement.status).toBe('concluded');
  });

  it('follows who may trade, by itself and in both directions', () => {
    const impeded = { ...unimpeded, impediment: 'organisation org_merchant is suspended' };
    const resting = advanceAgreement(inForce, day(20), impeded);
    expect(resting).toMatchObject({
      agreement: { status: 'suspended', holds: [{ holder: 'standing', reason: impeded.impediment }] },
      steps: [{ by: null }],
    });
    expect(advanceAgreement(resting.agreement, day(21), impeded).steps).toEqual([]);
    expect(advanceAgreement(resting.agreement, day(22)).agreement.status).toBe('in_force');
    const still = hold(resting.agreement, 'buyer').agreement;
    expect(advanceAgreement(still, day(22)).agreement.status).toBe('suspended');
  });

  it('keeps a concluded one from coming into force, and lets it go on at once when it may', () => {
    const impeded = { ...unimpeded, impediment: 'x' };
    const resting = advanceAgreement(concluded, day(10), impeded).agreement;
    expect(resting.status).toBe('suspended');
    const steps = advanceAgreement(resting, day(11)).steps.map(({ command, to }) => [command, to]);
    expect(steps).toEqual([
      ['resume', 'concluded'],
      ['activate', 'in_force'],
    ]);
  });

  it('does not outlive the agreement', () => {
    expect(advanceAgreement(suspended, day(100)).agreement.status).toBe('expired');
    expect(dueAt(suspended)).toEqual(day(100));
  });
});

describe('leaving', () => {
  it('ends at once where no notice is asked for, and nothing binds longer than its term', () => {
    expect(unwrap(leave(inForce)).agreement.status).toBe('ended');
    const late = unwrap(leave(lasting, null, day(90))).agreement;
    expect(late.notices).toEqual([
      { party: 'buyer', reason: 'no budget', givenAt: day(90).toISOString(), endsAt: day(100).toISOString() },
    ]);
  });

  it('with notice goes on until it runs out, to the millisecond', () => {
    expect([leaving.status, dueAt(leaving)]).toEqual(['in_force', day(50)]);
    expect(advanceAgreement(leaving, new Date(day(50).getTime() - 1)).steps).toEqual([]);
    expect(advanceAgreement(leaving, day(50))).toMatchObject({
      agreement: { status: 'ended' },
      steps: [{ command: 'end', by: null, reason: 'notice of the buyer: no budget' }],
    });
  });

  it('can be later than the notice asks for, not earlier', () => {
    expect(unwrap(leave(lasting, day(60))).agreement.notices[0]?.endsAt).toBe(day(60).toISOString());
    expect(leave(lasting, new Date(day(50).getTime() - 1))).toMatchObject({
      error: { code: 'AGREEMENT_NOTICE_SHORT', pointer: '/ends_at', meta: { earliest: day(50).toISOString() } },
    });
  });

  it('counts the earlier of two notices, and each side takes back its own', () => {
    const both = unwrap(
      leaveAgreement(leaving, { party: 'merchant', by: merchantPerson, reason: 'm', at: day(15), endsAt: null }),
    ).agreement;
    expect(dueAt(both)).toEqual(day(45));
    const back = unwrap(
      withdrawNotice(both, { party: 'merchant', by: merchantPerson, reason: 'stays', at: day(21) }),
    ).agreement;
    expect([back.notices.length, dueAt(back)]).toEqual([1, day(50)]);
    expect(unwrap(leave(leaving, day(70))).steps).toEqual([]);
  });
});

describe('renewing', () => {
  it('is due when no notice could prevent it any more, once, and not after one was given', () => {
    expect([renewsAt(lasting), dueAt(lasting)]).toEqual([day(70), day(70)]);
    expect(renewsAt(leaving)).toBeNull();
    expect(renewsAt({ ...lasting, successorId: 'agr_2' })).toBeNull();
    expect(renewsAt(inForce)).toBeNull();
  });

  it('says the same for another term, binds without another signature, and counts down', () => {
    const next = renewAgreement(lasting, { id: 'agr_2', setting, at: day(70) });
    expect(next?.agreement).toMatchObject({
      status: 'concluded',
      requestId: 'req_1',
      offerId: 'off_1',
      effectiveFrom: day(100),
      // A calendar month later in the agreement's zone.
      effectiveUntil: new Date('2026-07-09T00:00:00Z'),
      renewal: { months: 1, times: 1 },
      supersedes: { agreementId: 'agr_1', documentHash: lasting.documentHash, kind: 'renewal' },
      signatures: [],
    });
    expect(agreementTransitions.states.filter((status) => agreementTransitions.canTransition(status, 'renew'))).toEqual(
      ['awaiting_signatures'],
    );
    expect(next?.steps.map(({ command, to, by }) => [command, to, by])).toEqual([
      ['draft', 'awaiting_signatures', null],
      ['renew', 'concluded', null],
    ]);
    const last = { ...lasting, renewal: { months: 1, times: 1 } };
    expect(renewAgreement(last, { id: 'agr_2', setting, at: day(70) })?.agreement.renewal).toBeNull();
    expect(renewAgreement(inForce, { id: 'agr_2', setting, at: day(70) })).toBeNull();
  });

  it('waits while what it replaces is held', () => {
    const next = { ...concluded, supersedes: { agreementId: 'agr_1', documentHash: 'x', kind: 'renewal' as const } };
    const held = { ...unimpeded, predecessorHeld: true };
    expect(advanceAgreement(next, day(10), held).steps).toEqual([]);
    expect(dueAt(next, held)).toEqual(day(100));
    expect(advanceAgreement(next, day(10)).agreement.status).toBe('in_force');
  });
});

describe('what time does', () => {
  it('is nothing before the effective date', () => {
    expect(advanceAgreement(concluded, new Date(day(10).getTime() - 1)).steps).toEqual([]);
    expect(advanceAgreement(draft, day(19)).steps).toEqual([]);
    expect(advanceAgreement(inForce, day(99)).steps).toEqual([]);
  });

  it('lets an agreement whose whole term was missed expire without ever coming into force', () => {
    expect(advanceAgreement(concluded, day(101))).toMatchObject({
      steps: [{ from: 'concluded', to: 'expired', by: null }],
    });
  });

  it('is due when it happens, and never again once it is over', () => {
    expect([draft, concluded, inForce].map((agreement) => dueAt(agreement))).toEqual([day(20), day(10), day(100)]);
    for (const status of ['ended', 'terminated', 'expired', 'superseded', 'lapsed'] as const)
      expect(dueAt(inStatus[status])).toBeNull();
    for (const agreement of [draft, concluded, inForce]) {
      expect(advanceAgreement(agreement, dueAt(agreement) ?? day(0)).steps).toHaveLength(1);
    }
  });
});

function valueOrCode(result: ReturnType<typeof suspendAgreement>): AgreementOutcome | string {
  return result.ok ? result.value : result.error.code;
}
