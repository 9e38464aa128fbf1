import { unwrap } from '@hetao/kernel';
import { endAgreement, leaveAgreement } from '../src/agreement/agreement-end.js';
import { suspendAgreement } from '../src/agreement/agreement-rest.js';
import { advanceAgreement } from '../src/agreement/agreement-time.js';
import {
  draftAgreement,
  signAgreement,
  type Agreement,
  type AgreementParty,
  type AgreementStatus,
} from '../src/agreement/agreement.js';
import { publishOffer } from '../src/offer/offer.js';
import { buyer, day, merchant, product, terms } from './sample-terms.js';

export const offer = unwrap(publishOffer({ id: 'off_1', merchant, product, terms }, day(0)));
export const merchantPerson = { subject: 'usr_merchant', organisationId: 'org_merchant' };
export const buyerPerson = { subject: 'usr_buyer', organisationId: 'org_buyer' };
export const operatorPerson = { subject: 'usr_operator', organisationId: 'org_exchange' };
export const setting = { merchant, buyer, origin: 'HK' as const, schemaHash: null };
export const matter = {
  agreementId: 'agr_1',
  requestId: 'req_1',
  offer,
  ...setting,
  purpose: 'research',
  placeOfUse: 'HK' as const,
};

/** Drawn up on day 2, to be signed before day 20, in force from day 10 to day 100. */
export const drafted = draftAgreement(matter, { by: merchantPerson, at: day(2), signBy: day(20) });
export const draft = drafted.agreement;

/** One side signs, on day 3 unless said otherwise. */
export const sign = (agreement: Agreement, party: AgreementParty, at = day(3)) =>
  signAgreement(agreement, {
    party,
    signer: { ...(party === 'merchant' ? merchantPerson : buyerPerson), displayName: `${party}'s signer` },
    documentHash: agreement.documentHash,
    at,
  });

export const signedByMerchant = unwrap(sign(draft, 'merchant')).agreement;
export const concluded = unwrap(sign(signedByMerchant, 'buyer')).agreement;
export const inForce = advanceAgreement(concluded, day(10)).agreement;
export const suspended = unwrap(
  suspendAgreement(inForce, { holder: 'merchant', reason: 'unpaid', by: merchantPerson, at: day(11) }),
).agreement;

const over = (command: 'end' | 'terminate', agreement: Agreement) =>
  unwrap(endAgreement(agreement, { command, by: operatorPerson, reason: 'x', at: day(11) })).agreement;

/** One agreement in every state, each as it would come to it. */
export const inStatus: Readonly<Record<AgreementStatus, Agreement>> = {
  awaiting_signatures: signedByMerchant,
  concluded,
  in_force: inForce,
  suspended,
  ended: over('end', inForce),
  terminated: over('terminate', inForce),
  expired: advanceAgreement(inForce, day(100)).agreement,
  superseded: { ...inForce, status: 'superseded', step: inForce.step + 1, successorId: 'agr_2' },
  lapsed: over('end', signedByMerchant),
};

/** In force, with thirty days of notice, two renewals of a month each. */
export const lasting: Agreement = { ...inForce, noticeDays: 30, renewal: { months: 1, times: 2 } };

/** The buyer's notice, given on day 20: it ends on day 50. */
export const leaving = unwrap(
  leaveAgreement(lasting, { party: 'buyer', by: buyerPerson, reason: 'no budget', at: day(20), endsAt: null }),
).agreement;
