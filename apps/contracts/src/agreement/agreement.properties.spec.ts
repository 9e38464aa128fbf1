import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drafted } from '../../test/sample-agreements.js';
import { day } from '../../test/sample-terms.js';
import { endAgreement, leaveAgreement, supersedeAgreement, withdrawNotice } from './agreement-end.js';
import { resumeAgreement, suspendAgreement } from './agreement-rest.js';
import { advanceAgreement, dueAt, endsAt, type Circumstances } from './agreement-time.js';
import {
  agreementTransitions,
  isBinding,
  signAgreement,
  type Agreement,
  type AgreementOutcome,
  type AgreementParty,
} from './agreement.js';

/** Signed before day 20, in force from day 10 to day 100, left with thirty days of notice. */
const draft: Agreement = { ...drafted.agreement, noticeDays: 30 };

type Command =
  | { readonly do: 'sign' | 'leave' | 'stay' | 'hold' | 'lift'; readonly party: AgreementParty }
  | { readonly do: 'terminate' | 'replace' | 'pass' | 'impede' | 'clear' };
const party = fc.constantFrom<AgreementParty[]>('merchant', 'buyer');
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ do: fc.constantFrom('sign', 'sign', 'leave', 'stay', 'hold', 'lift'), party }),
  fc.record({ do: fc.constantFrom('terminate', 'replace', 'pass', 'pass', 'impede', 'clear') }),
);
/** Commands, and the days that pass before each. Time acts first, as the sweep would. */
const lives = fc.array(fc.tuple(command, fc.integer({ min: 0, max: 25 })), { maxLength: 14 });
/** Signed by both at once: most lives of the kind above never get that far. */
const signedLives = lives.map((life): [Command, number][] => [
  [{ do: 'sign', party: 'merchant' }, 0],
  [{ do: 'sign', party: 'buyer' }, 1],
  ...life,
]);

function act(agreement: Agreement, order: Command, now: number, circumstances: Circumstances): AgreementOutcome | null {
  const at = day(now);
  const by = { subject: 'usr_x', organisationId: 'org_x', displayName: 'X' };
  const how = { by, reason: 'r', at };
  const result = (() => {
    switch (order.do) {
      case 'sign':
        return signAgreement(agreement, {
          party: order.party,
          signer: by,
          documentHash: agreement.documentHash,
          at,
        });
      case 'leave':
        return leaveAgreement(agreement, { ...how, party: order.party, endsAt: null });
      case 'stay':
        return withdrawNotice(agreement, { ...how, party: order.party });
      case 'hold':
        return suspendAgreement(agreement, { ...how, holder: order.party });
      case 'lift':
        return resumeAgreement(agreement, { ...how, holder: order.party });
      case 'terminate':
        return endAgreement(agreement, { ...how, command: 'terminate' });
      case 'replace':
        return supersedeAgreement(agreement, { by, successorId: 'agr_2', at });
      default:
        return { ok: true as const, value: advanceAgreement(agreement, at, circumstances) };
    }
  })();
  return result.ok ? result.value : null;
}

/** What an agreement is, told from what happened alone: the plain model the state machine is held against. */
interface Model {
  signed: Set<string>;
  over: string | null;
  force: boolean;
  held: Set<string>;
  notices: Map<string, number>;
  impeded: boolean;
}

function pass(model: Model, now: number): void {
  if (model.over !== null) return;
  const bound = model.signed.size === 2;
  if (!bound) {
    if (now >= 20) model.over = 'lapsed';
    return;
  }
  if (now >= 100) model.over = 'expired';
  else if ([...model.notices.values()].some((ends) => now >= ends)) model.over = 'ended';
  else {
    if (model.impeded) model.held.add('standing');
    else model.held.delete('standing');
    if (now >= 10 && model.held.size === 0) model.force = true;
  }
}

function told(model: Model, order: Command, now: number): void {
  if (order.do === 'impede') model.impeded = true;
  if (order.do === 'clear') model.impeded = false;
  pass(model, now);
  if (model.over !== null) return;
  const bound = model.signed.size === 2;
  switch (order.do) {
    case 'sign':
      model.signed.add(order.party);
      break;
    case 'leave':
      if (!bound) model.over = 'lapsed';
      else model.notices.set(order.party, Math.min(model.notices.get(order.party) ?? 100, now + 30, 100));
      break;
    case 'stay':
      model.notices.delete(order.party);
      break;
    case 'hold':
      if (bound) model.held.add(order.party);
      break;
    case 'lift':
      model.held.delete(order.party);
      break;
    case 'terminate':
      model.over = bound ? 'terminated' : 'lapsed';
      break;
    case 'replace':
      if (model.force && model.held.size === 0) model.over = 'superseded';
      break;
    default:
  }
}

function statusIn(model: Model): string {
  if (model.over !== null) return model.over;
  if (model.held.size > 0) return 'suspended';
  if (model.force) return 'in_force';
  return model.signed.size === 2 ? 'concluded' : 'awaiting_signatures';
}

/** Lives one life, and shows every agreement it went through with what was done. */
function live(life: [Command, number][], seen: (agreement: Agreement, outcome: AgreementOutcome, now: number) => void) {
  let agreement = draft;
  let now = 3;
  let impediment: string | null = null;
  const take = (outcome: AgreementOutcome | null) => {
    if (outcome === null) return;
    agreement = outcome.agreement;
    seen(agreement, outcome, now);
  };
  for (const [order, days] of life) {
    now += days;
    if (order.do === 'impede') impediment = 'x';
    if (order.do === 'clear') impediment = null;
    const circumstances = { released: false, impediment, predecessorHeld: false };
    take(advanceAgreement(agreement, day(now), circumstances));
    take(act(agreement, order, now, circumstances));
  }
}

describe('any life of an agreement', () => {
  it('goes as a plain telling of what happened says', () => {
    fc.assert(
      fc.property(fc.oneof(lives, signedLives), (life) => {
        const model: Model = {
          signed: new Set(),
          over: null,
          force: false,
          held: new Set(),
          notices: new Map(),
          impeded: false,
        };
        let [agreement, now, impediment] = [draft, 3, null as string | null];
        for (const [order, days] of life) {
          now += days;
          if (order.do === 'impede') impediment = 'x';
          if (order.do === 'clear') impediment = null;
          const circumstances = { released: false, impediment, predecessorHeld: false };
          agreement = advanceAgreement(agreement, day(now), circumstances).agreement;
          agreement = act(agreement, order, now, circumstances)?.agreement ?? agreement;
          told(model, order, now);
          expect(agreement.status).toBe(statusIn(model));
          expect(agreement.signatures).toHaveLength(model.signed.size);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('leaves an unbroken history, step by lawful step, and never touches the text', () => {
    fc.assert(
      fc.property(signedLives, (life) => {
        const steps = [...drafted.steps];
        live(life, (agreement, outcome) => {
          steps.push(...outcome.steps);
          const { status, step, signatures, holds, notices, inForceSince } = agreement;
          expect(agreement).toEqual({ ...draft, status, step, signatures, holds, notices, inForceSince });
          expect(status).toBe(steps.at(-1)?.to);
        });
        expect(steps.map(({ step }) => step)).toEqual(steps.map((_, index) => index + 1));
        steps.slice(1).forEach((step, index) => {
          expect(step.from).toBe(steps[index]?.to);
          const lawful =
            step.command === 'draft' ? [] : agreementTransitions.targets(step.from ?? step.to, step.command);
          expect(lawful).toContain(step.to);
        });
      }),
    );
  });

  it('gives access only with both signatures, within the term, and to nobody who is held or left', () => {
    fc.assert(
      fc.property(signedLives, (life) => {
        let entered = 0;
        live(life, (agreement, outcome, now) => {
          entered += outcome.steps.filter((step) => step.command === 'activate').length;
          if (agreement.status !== 'in_force') return;
          expect([agreement.signatures.length, agreement.holds]).toEqual([2, []]);
          expect(now >= 10 && day(now) < endsAt(agreement)).toBe(true);
        });
        expect(entered).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('rests exactly while somebody holds it, and is looked at again while it binds', () => {
    fc.assert(
      fc.property(signedLives, (life) => {
        live(life, (agreement) => {
          if (isBinding(agreement)) expect(agreement.holds.length > 0).toBe(agreement.status === 'suspended');
          expect(dueAt(agreement) === null).toBe(agreementTransitions.isFinal(agreement.status));
        });
      }),
    );
  });
});
