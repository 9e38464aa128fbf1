import {
  AgreementAwaitsReleaseV1,
  AgreementConcludedV1,
  AgreementConcludedV2,
  AgreementEndedV1,
  AgreementResumedV1,
  AgreementSupersededV1,
  AgreementSuspendedV1,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { isPlanV2 } from '@hetao/rating';
import type { Grant } from '../entitlement/entitlement.js';
import { inFirstForm } from '../offer/terms.js';
import { policyFacts } from '../policy/policy.js';
import { planMeters } from './agreement-document.js';
import type { Agreement } from './agreement.js';

/**
 * Says that both are bound. A plan of the second form is said by the second version, before the first. The first follows
 * only where its form says the same price: a reader who knows no other is told nothing rather than a wrong price.
 */
export function announceConclusion(tx: Tx, agreement: Agreement, at: Date): void {
  const { plan, timeZone } = agreement;
  const common = {
    agreementId: agreement.id,
    offerId: agreement.offerId,
    productId: agreement.productId,
    merchantId: agreement.merchantId,
    buyerId: agreement.buyerId,
    channelPartnerId: agreement.channelPartnerId,
    policy: policyFacts(agreement.policy),
    quota: agreement.quota,
    documentHash: agreement.documentHash,
    effectiveFrom: agreement.effectiveFrom.toISOString(),
    effectiveUntil: agreement.effectiveUntil.toISOString(),
    concludedAt: at.toISOString(),
  };
  // First: whoever hears of the agreement knows by then that it waits.
  announceWaiting(tx, agreement, at);
  if (isPlanV2(plan)) tx.append(AgreementConcludedV2, { ...common, plan, timeZone });
  const known = inFirstForm(plan);
  if (known !== null) tx.append(AgreementConcludedV1, { ...common, plan: known });
}

/** Customs draws up the declaration from this. */
function announceWaiting(tx: Tx, agreement: Agreement, at: Date): void {
  if (agreement.release === null) return;
  tx.append(AgreementAwaitsReleaseV1, {
    agreementId: agreement.id,
    productId: agreement.productId,
    merchantId: agreement.merchantId,
    buyerId: agreement.buyerId,
    ...agreement.release,
    purpose: agreement.purpose,
    documentHash: agreement.documentHash,
    effectiveFrom: agreement.effectiveFrom.toISOString(),
    effectiveUntil: agreement.effectiveUntil.toISOString(),
    signedAt: at.toISOString(),
  });
}

/** Says that it rests: who holds it, and why. */
export function announceRest(tx: Tx, agreement: Agreement, at: Date): void {
  const hold = agreement.holds.at(-1);
  if (hold === undefined) return;
  const { holder, reason } = hold;
  tx.append(AgreementSuspendedV1, { ...partiesOf(agreement), holder, reason, suspendedAt: at.toISOString() });
}

/** Says that nobody holds it any more. */
export function announceResumption(tx: Tx, agreement: Agreement, at: Date): void {
  tx.append(AgreementResumedV1, { ...partiesOf(agreement), resumedAt: at.toISOString() });
}

/** Says which text took the place of another. */
export function announceSuccession(tx: Tx, successor: Agreement, at: Date): void {
  if (successor.supersedes === null) return;
  tx.append(AgreementSupersededV1, {
    agreementId: successor.supersedes.agreementId,
    supersededBy: successor.id,
    kind: successor.supersedes.kind,
    documentHash: successor.documentHash,
    supersededAt: at.toISOString(),
  });
}

/** Says that it no longer binds; to readers of this version a superseded one ended. */
export function announceEnd(tx: Tx, agreement: Agreement, at: Date): void {
  const { status } = agreement;
  const reason = status === 'terminated' || status === 'expired' ? status : 'ended';
  tx.append(AgreementEndedV1, { agreementId: agreement.id, reason, endedAt: at.toISOString() });
}

/** What an agreement that came into force lets its buyer use. A text that takes another's place begins where that ended. */
export function grantOf(agreement: Agreement, at: Date): Grant {
  const { id: agreementId, effectiveFrom, supersedes, placeOfUse, buyerId } = agreement;
  return {
    agreementId,
    supersedesAgreementId: supersedes?.agreementId ?? null,
    offerId: agreement.offerId,
    documentHash: agreement.documentHash,
    productId: agreement.productId,
    productVersion: agreement.productVersion,
    merchantId: agreement.merchantId,
    buyerId,
    plan: agreement.plan,
    timeZone: agreement.timeZone,
    planMeters: planMeters(agreement.plan),
    quota: agreement.quota,
    purpose: agreement.purpose,
    placesOfUse: [placeOfUse],
    recipients: [buyerId],
    policy: agreement.policy,
    release: agreement.release,
    validFrom: supersedes?.kind === 'amendment' && at > effectiveFrom ? at : effectiveFrom,
    validUntil: agreement.effectiveUntil,
  };
}

function partiesOf({ id: agreementId, productId, merchantId, buyerId }: Agreement) {
  return { agreementId, productId, merchantId, buyerId };
}
