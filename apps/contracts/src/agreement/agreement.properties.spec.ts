import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '@hetao/kernel';
import { buyer, day, merchant, product, terms } from '../../test/sample-terms.js';
import { publishOffer } from '../offer/offer.js';
import {
  advanceAgreement,
  agreementTransitions,
  draftAgreement,
  endAgreement,
  signAgreement,
  type Agreement,
  type AgreementOutcome,
} from './agreement.js';

const offer = unwrap(publishOffer({ id: 'off_1', merchant, product, terms }, day(0)));
const draft = draftAgreement(
  {
    agreementId: 'agr_1',
    requestId: 'req_1',
    offer,
    merchant,
    buyer,
    purpose: 'research',
    placeOfUse: 'HK',
    origin: 'HK',
  },
  { by: { subject: 'usr_m', organisationId: merchant.id }, at: day(0), signBy: day(20) },
);

type Command = 'merchant signs' | 'buyer signs' | 'time passes' | 'party ends' | 'operator terminates';
const commands = fc.constantFrom<Command[]>(
  'merchant signs',
  'buyer signs',
  'time passes',
  'party ends',
  'operator terminates',
);
/** A command, and the days that pass before it. */
const lives = fc.array(fc.tuple(commands, fc.integer({ min: 0, max: 40 })), { maxLength: 12 });

function act(agreement: Agreement, command: Command, at: Date): AgreementOutcome | null {
  const by = { subject: 'usr_x', organisationId: 'org_x', displayName: 'X' };
  if (command === 'time passes') return advanceAgreement(agreement, at);
  const { documentHash } = agreement;
  const result =
    command === 'merchant signs' || command === 'buyer signs'
      ? signAgreement(agreement, {
          party: command === 'buyer signs' ? 'buyer' : 'merchant',
          signer: by,
          documentHash,
          at,
        })
      : endAgreement(agreement, { command: command === 'party ends' ? 'end' : 'terminate', by, reason: 'r', at });
  return result.ok ? result.value : null;
}

/** What an agreement is, told from what happened alone: the plain model the state machine is held against. */
interface Model {
  signed: Set<string>;
  over: string | null;
  force: boolean;
}

function told(model: Model, command: Command, now: number): void {
  if (model.over !== null) return;
  const bound = model.signed.size === 2;
  const [signBy, from, until] = [20, 10, 100];
  if (command === 'time passes') {
    if (!bound && now >= signBy) model.over = 'lapsed';
    else if (bound && now >= until) model.over = 'expired';
    else if (bound && now >= from) model.force = true;
  } else if (command === 'party ends' || command === 'operator terminates') {
    model.over = bound ? (command === 'party ends' ? 'ended' : 'terminated') : 'lapsed';
  } else if (now < signBy) {
    model.signed.add(command);
  }
}

function statusIn(model: Model): string {
  if (model.over !== null) return model.over;
  if (model.force) return 'in_force';
  return model.signed.size === 2 ? 'concluded' : 'awaiting_signatures';
}

describe('any life of an agreement', () => {
  it('goes as a plain telling of what happened says', () => {
    fc.assert(
      fc.property(lives, (life) => {
        let agreement = draft.agreement;
        const model: Model = { signed: new Set(), over: null, force: false };
        let now = 0;
        for (const [command, days] of life) {
          now += days;
          agreement = act(agreement, command, day(now))?.agreement ?? agreement;
          told(model, command, now);
          expect(agreement.status).toBe(statusIn(model));
          expect(agreement.signatures).toHaveLength(model.signed.size);
        }
      }),
    );
  });

  it('leaves an unbroken history, step by lawful step, and never touches the text', () => {
    fc.assert(
      fc.property(lives, (life) => {
        let agreement = draft.agreement;
        const steps = [...draft.steps];
        let now = 0;
        for (const [command, days] of life) {
          now += days;
          const outcome = act(agreement, command, day(now));
          if (outcome === null) continue;
          steps.push(...outcome.steps);
          agreement = outcome.agreement;
        }
        expect(steps.map(({ step }) => step)).toEqual(steps.map((_, index) => index + 1));
        steps.slice(1).forEach((step, index) => {
          expect(step.from).toBe(steps[index]?.to);
          const lawful =
            step.command === 'draft' ? [] : agreementTransitions.targets(step.from ?? step.to, step.command);
          expect(lawful).toContain(step.to);
        });
        expect(agreement.status).toBe(steps.at(-1)?.to);
        const { status, step, signatures } = agreement;
        expect(agreement).toEqual({ ...draft.agreement, status, step, signatures });
      }),
    );
  });

  it('comes into force at most once, only after two signatures, and grants nothing after its end', () => {
    fc.assert(
      fc.property(lives, (life) => {
        let agreement = draft.agreement;
        let entered = 0;
        let now = 0;
        for (const [command, days] of life) {
          now += days;
          const outcome = act(agreement, command, day(now));
          if (outcome === null) continue;
          agreement = outcome.agreement;
          for (const { to } of outcome.steps.filter((step) => step.to === 'in_force')) {
            entered += 1;
            expect([to, agreement.signatures.length, now >= 10 && now < 100]).toEqual(['in_force', 2, true]);
          }
        }
        expect(entered).toBeLessThanOrEqual(1);
      }),
    );
  });
});
