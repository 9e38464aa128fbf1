import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { documentHash } from '@hetao/proofs';
import { buyer, day, merchant, plan, product, terms } from '../../test/sample-terms.js';
import { publishOffer } from '../offer/offer.js';
import { planMeters } from './agreement-document.js';
import {
  advanceAgreement,
  agreementTransitions,
  draftAgreement,
  dueAt,
  endAgreement,
  partyOf,
  signAgreement,
  type Agreement,
  type AgreementCommand,
  type AgreementOutcome,
  type AgreementParty,
  type AgreementStatus,
} from './agreement.js';

const offer = unwrap(publishOffer({ id: 'off_1', merchant, product, terms }, day(0)));
const merchantPerson = { subject: 'usr_merchant', organisationId: 'org_merchant' };
const buyerPerson = { subject: 'usr_buyer', organisationId: 'org_buyer' };
const operator = { subject: 'usr_operator', organisationId: 'org_exchange' };
const matter = {
  agreementId: 'agr_1',
  requestId: 'req_1',
  offer,
  merchant,
  buyer,
  purpose: 'research',
  placeOfUse: 'HK' as const,
  origin: 'HK' as const,
};
const drafted = draftAgreement(matter, { by: merchantPerson, at: day(2), signBy: day(20) });
const draft = drafted.agreement;

const sign = (agreement: Agreement, party: AgreementParty, at = day(3)) =>
  signAgreement(agreement, {
    party,
    signer: { ...(party === 'merchant' ? merchantPerson : buyerPerson), displayName: `${party}'s signer` },
    documentHash: agreement.documentHash,
    at,
  });
const signedByMerchant = unwrap(sign(draft, 'merchant')).agreement;
const concluded = unwrap(sign(signedByMerchant, 'buyer')).agreement;
const inForce = advanceAgreement(concluded, day(10)).agreement;

function inStatus(status: AgreementStatus): Agreement {
  return (
    { awaiting_signatures: signedByMerchant, concluded, in_force: inForce }[status as string] ?? { ...inForce, status }
  );
}

describe('the document', () => {
  it('says everything both sides bind themselves to', () => {
    expect(draft.document).toMatchObject({
      type: 'hetao.agreement.v2',
      agreement_id: 'agr_1',
      offer_id: 'off_1',
      product: { id: 'prd_1', version: 4 },
      parties: { merchant: { id: 'org_merchant', jurisdiction: 'CN' }, buyer: { id: 'org_buyer', jurisdiction: 'HK' } },
      terms: {
        purpose: 'research',
        place_of_use: 'HK',
        effective_from: day(10).toISOString(),
        effective_until: day(100).toISOString(),
      },
      plan: { currency: 'CNY', fee: { exchange_bps: 500 } },
      policy: { onward_use: false },
      quota: { meter: 'calls', limit: '10000' },
      release: null,
    });
  });

  it('names the border it crosses', () => {
    const crossing = draftAgreement({ ...matter, origin: 'CN' }, { by: merchantPerson, at: day(2), signBy: day(20) });
    expect(crossing.agreement.document.release).toEqual({ origin: 'CN', destination: 'HK' });
  });

  it('has one hash, which anybody recomputes and any change breaks', () => {
    expect(draft.documentHash).toBe(documentHash(JSON.parse(JSON.stringify(draft.document))));
    expect(draft.documentHash).toMatch(/^[0-9a-f]{64}$/);
    const other = draftAgreement(
      { ...matter, purpose: 'teaching' },
      { by: merchantPerson, at: day(2), signBy: day(20) },
    );
    expect(other.agreement.documentHash).not.toBe(draft.documentHash);
  });

  it('opens the history, and is signed by nobody', () => {
    expect(drafted.steps).toEqual([
      {
        step: 1,
        command: 'draft',
        from: null,
        to: 'awaiting_signatures',
        at: day(2),
        by: merchantPerson,
        reason: null,
      },
    ]);
    expect(draft).toMatchObject({ status: 'awaiting_signatures', step: 1, signatures: [] });
  });

  it('cannot be signed after its own term is over', () => {
    const late = draftAgreement(matter, { by: merchantPerson, at: day(2), signBy: day(5000) });
    expect(late.agreement.signBy).toEqual(day(100));
  });
});

describe('an agreement whose data crosses a border', () => {
  const crossing: Agreement = { ...concluded, release: { origin: 'CN', destination: 'HK' } };

  it('comes into force with a release only, whatever the date', () => {
    expect(advanceAgreement(crossing, day(10)).agreement.status).toBe('concluded');
    expect(advanceAgreement(crossing, day(9), true).agreement.status).toBe('concluded');
    expect(advanceAgreement(crossing, day(10), true).agreement.status).toBe('in_force');
  });

  it('waits for nothing but its end until it is released, and for its beginning then', () => {
    expect([dueAt(crossing), dueAt(crossing, true)]).toEqual([day(100), day(10)]);
    expect(advanceAgreement(crossing, day(100)).agreement.status).toBe('expired');
  });
});

describe('every status × command', () => {
  type Cell = AgreementStatus | 'same' | 'refused';
  const never: Record<AgreementCommand, Cell> = {
    sign: 'refused',
    activate: 'same',
    end: 'refused',
    terminate: 'refused',
    expire: 'same',
  };
  // What time does (activate, expire) is never refused: where it does not apply, nothing happens.
  const expected: Record<AgreementStatus, Record<AgreementCommand, Cell>> = {
    awaiting_signatures: { sign: 'concluded', activate: 'same', end: 'lapsed', terminate: 'lapsed', expire: 'lapsed' },
    concluded: { sign: 'same', activate: 'in_force', end: 'ended', terminate: 'terminated', expire: 'expired' },
    in_force: { sign: 'same', activate: 'same', end: 'ended', terminate: 'terminated', expire: 'expired' },
    ended: { ...never, sign: 'same', end: 'same' },
    terminated: { ...never, sign: 'same', terminate: 'same' },
    expired: { ...never, sign: 'same' },
    lapsed: { ...never, end: 'same', terminate: 'same' },
  };
  const commands: Record<AgreementCommand, (agreement: Agreement) => AgreementOutcome | string> = {
    sign: (agreement) => valueOrCode(sign(agreement, 'buyer')),
    activate: (agreement) => advanceAgreement(agreement, day(10)),
    end: (agreement) =>
      valueOrCode(endAgreement(agreement, { command: 'end', by: buyerPerson, reason: 'done', at: day(11) })),
    terminate: (agreement) =>
      valueOrCode(endAgreement(agreement, { command: 'terminate', by: operator, reason: 'breach', at: day(11) })),
    expire: (agreement) => advanceAgreement(agreement, day(100)),
  };
  const cells = agreementTransitions.states.flatMap((status) =>
    (Object.keys(commands) as AgreementCommand[]).map(
      (command) => [status, command, expected[status][command]] as const,
    ),
  );

  it.each(cells)('%s × %s → %s', (status, command, cell) => {
    // A lapsed agreement is one the buyer never signed.
    const before = status === 'lapsed' ? { ...signedByMerchant, status } : inStatus(status);
    const outcome = commands[command](before);
    if (cell === 'refused') expect(outcome).toBe('AGREEMENT_TRANSITION_REFUSED');
    else if (cell === 'same') expect(outcome).toEqual({ agreement: before, steps: [], signature: null });
    else {
      expect(outcome).toMatchObject({
        agreement: { status: cell, step: before.step + 1 },
        steps: [{ step: before.step + 1, command, from: status, to: cell }],
      });
    }
  });
});

describe('signing', () => {
  it('by one leaves it open, by the second concludes it, in either order', () => {
    expect(signedByMerchant.status).toBe('awaiting_signatures');
    const other = unwrap(sign(unwrap(sign(draft, 'buyer')).agreement, 'merchant'));
    expect(other.agreement.status).toBe('concluded');
    expect(concluded.signatures).toEqual([
      {
        ...merchantPerson,
        displayName: "merchant's signer",
        party: 'merchant',
        documentHash: draft.documentHash,
        signedAt: day(3),
      },
      {
        ...buyerPerson,
        displayName: "buyer's signer",
        party: 'buyer',
        documentHash: draft.documentHash,
        signedAt: day(3),
      },
    ]);
  });

  it('twice by the same party is one signature', () => {
    const again = unwrap(sign(signedByMerchant, 'merchant', day(4)));
    expect(again).toEqual({ agreement: signedByMerchant, steps: [], signature: null });
  });

  it('is of this very document, also the second time', () => {
    for (const agreement of [draft, signedByMerchant, inForce]) {
      const wrong = {
        party: 'merchant' as const,
        signer: { ...merchantPerson, displayName: 'M' },
        documentHash: 'f'.repeat(64),
        at: day(3),
      };
      expect(signAgreement(agreement, wrong)).toMatchObject({
        error: { code: 'AGREEMENT_HASH_MISMATCH', pointer: '/document_hash' },
      });
    }
  });

  it('is over at sign_by', () => {
    expect(sign(draft, 'buyer', new Date(day(20).getTime() - 1)).ok).toBe(true);
    expect(sign(draft, 'buyer', day(20))).toMatchObject({ error: { code: 'AGREEMENT_SIGNING_OVER' } });
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
    expect(dueAt(draft)).toEqual(day(20));
    expect(dueAt(concluded)).toEqual(day(10));
    expect(dueAt(inForce)).toEqual(day(100));
    for (const status of ['ended', 'terminated', 'expired', 'lapsed'] as const)
      expect(dueAt(inStatus(status))).toBeNull();
    for (const agreement of [draft, concluded, inForce]) {
      expect(advanceAgreement(agreement, dueAt(agreement) ?? day(0)).steps).toHaveLength(1);
    }
  });
});

describe('who and what an agreement names', () => {
  it('knows its parties', () => {
    expect(partyOf(draft, 'org_merchant')).toBe('merchant');
    expect(partyOf(draft, 'org_buyer')).toBe('buyer');
    expect(partyOf(draft, 'org_exchange')).toBeNull();
  });

  it('counts each meter of the plan once', () => {
    expect(planMeters(plan)).toEqual(['calls', 'bytes']);
  });
});

function valueOrCode(result: ReturnType<typeof signAgreement>): AgreementOutcome | string {
  return result.ok ? result.value : result.error.code;
}
