import { Injectable } from '@nestjs/common';
import { AgreementAwaitsReleaseV1, AgreementConcludedV1, AgreementEndedV1 } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { FollowAgreement } from '../entitlement/entitlement.use-cases.js';
import { AgreementRepository } from './agreement.repository.js';
import { planMeters } from './agreement-document.js';
import type { Agreement, AgreementOutcome, AgreementStep } from './agreement.js';

/**
 * Writes down what happens to agreements, and lets everything that follows from it happen in the same transaction:
 * the event when it is concluded, the entitlement when it comes into force, both taken back when it ends.
 */
@Injectable()
export class AgreementJournal {
  readonly #agreements: AgreementRepository;
  readonly #entitlements: FollowAgreement;

  constructor(agreements: AgreementRepository, entitlements: FollowAgreement) {
    this.#agreements = agreements;
    this.#entitlements = entitlements;
  }

  load(tx: Tx, id: string): Promise<Agreement | null> {
    return this.#agreements.load(tx, id);
  }

  /** Writes a new agreement down. */
  async open(tx: Tx, outcome: AgreementOutcome): Promise<void> {
    await this.#agreements.insert(tx, outcome);
  }

  /** Writes down what a command did; nothing when it did nothing. */
  async record(tx: Tx, outcome: AgreementOutcome): Promise<void> {
    if (outcome.steps.length === 0) return;
    await this.#agreements.append(tx, outcome);
    for (const step of outcome.steps) await this.#follow(tx, outcome.agreement, step);
  }

  /** Writes down when to look at an agreement again that waits for its release or its date. */
  async reschedule(tx: Tx, agreement: Agreement, released: boolean): Promise<void> {
    await this.#agreements.reschedule(tx, agreement, released);
  }

  async #follow(tx: Tx, agreement: Agreement, { to, at }: AgreementStep): Promise<void> {
    switch (to) {
      case 'concluded':
        announceConclusion(tx, agreement, at);
        announceWaiting(tx, agreement, at);
        return;
      case 'in_force':
        await this.#entitlements.grant(tx, grantOf(agreement), at);
        return;
      case 'ended':
      case 'terminated':
      case 'expired':
        await this.#entitlements.revoke(tx, agreement.id, `agreement ${to}`, at);
        tx.append(AgreementEndedV1, { agreementId: agreement.id, reason: to, endedAt: at.toISOString() });
        return;
      case 'awaiting_signatures':
      case 'lapsed':
        // Nobody outside ever heard of an agreement that was not concluded.
        return;
    }
  }
}

function grantOf(agreement: Agreement) {
  return {
    agreementId: agreement.id,
    productId: agreement.productId,
    merchantId: agreement.merchantId,
    buyerId: agreement.buyerId,
    planMeters: planMeters(agreement.plan),
    quota: agreement.quota,
    purpose: agreement.purpose,
    validFrom: agreement.effectiveFrom,
    validUntil: agreement.effectiveUntil,
  };
}

function announceConclusion(tx: Tx, agreement: Agreement, at: Date): void {
  const { policy } = agreement;
  tx.append(AgreementConcludedV1, {
    agreementId: agreement.id,
    offerId: agreement.offerId,
    productId: agreement.productId,
    merchantId: agreement.merchantId,
    buyerId: agreement.buyerId,
    channelPartnerId: agreement.channelPartnerId,
    plan: agreement.plan,
    policy: { ...policy, purposes: [...policy.purposes], placesOfUse: [...policy.placesOfUse] },
    quota: agreement.quota,
    documentHash: agreement.documentHash,
    effectiveFrom: agreement.effectiveFrom.toISOString(),
    effectiveUntil: agreement.effectiveUntil.toISOString(),
    concludedAt: at.toISOString(),
  });
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
