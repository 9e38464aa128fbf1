import { Injectable } from '@nestjs/common';
import {
  EntitlementGrantedV1,
  EntitlementGrantedV2,
  EntitlementResumedV1,
  EntitlementRevokedV1,
  EntitlementSuspendedV1,
} from '@hetao/events';
import { canonicalJson, newId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { odrlFrom, policyFacts } from '../policy/policy.js';
import {
  grantEntitlement,
  resumeEntitlement,
  revokeEntitlement,
  suspendEntitlement,
  type Entitlement,
  type Grant,
} from './entitlement.js';
import { EntitlementRepository } from './entitlement.repository.js';

/** Grants, suspends and revokes in the transaction in which the agreement comes into force, rests and ends. */
@Injectable()
export class FollowAgreement {
  readonly #entitlements: EntitlementRepository;

  constructor(entitlements: EntitlementRepository) {
    this.#entitlements = entitlements;
  }

  async grant(tx: Tx, grant: Grant, at: Date): Promise<void> {
    const entitlement = grantEntitlement(grant, newId('ent'), at);
    await this.#entitlements.insert(tx, entitlement);
    announceGrant(tx, entitlement);
  }

  /** Lets what the agreement granted rest; an agreement that never came into force granted nothing. */
  async suspend(tx: Tx, agreementId: string, reason: string, at: Date): Promise<void> {
    const before = await this.#entitlements.loadOf(tx, agreementId);
    if (before === null) return;
    const { entitlement, changed } = suspendEntitlement(before, reason, at);
    if (!changed) return;
    await this.#entitlements.update(tx, entitlement);
    const { id: entitlementId } = entitlement;
    tx.append(EntitlementSuspendedV1, { entitlementId, agreementId, reason, suspendedAt: at.toISOString() });
  }

  /** Lets it be used again. */
  async resume(tx: Tx, agreementId: string, at: Date): Promise<void> {
    const before = await this.#entitlements.loadOf(tx, agreementId);
    if (before === null) return;
    const { entitlement, changed } = resumeEntitlement(before);
    if (!changed) return;
    await this.#entitlements.update(tx, entitlement);
    tx.append(EntitlementResumedV1, { entitlementId: entitlement.id, agreementId, resumedAt: at.toISOString() });
  }

  /** Revokes what the agreement granted; an agreement that never came into force granted nothing. */
  async revoke(tx: Tx, agreementId: string, reason: string, at: Date): Promise<void> {
    const before = await this.#entitlements.loadOf(tx, agreementId);
    if (before === null) return;
    const { entitlement, changed } = revokeEntitlement(before, reason, at);
    if (!changed) return;
    await this.#entitlements.update(tx, entitlement);
    tx.append(EntitlementRevokedV1, {
      entitlementId: entitlement.id,
      agreementId,
      reason,
      revokedAt: at.toISOString(),
    });
  }
}

/** The second version says everything and goes first; the first is for those who know no other. */
function announceGrant(tx: Tx, entitlement: Entitlement): void {
  const { id: entitlementId, agreementId, productId, merchantId, buyerId, quota, policy } = entitlement;
  const known = {
    ...{ entitlementId, agreementId, productId, merchantId, buyerId, quota },
    meters: [...entitlement.meters],
    purposes: [...entitlement.purposes],
    validFrom: entitlement.validFrom.toISOString(),
    validUntil: entitlement.validUntil.toISOString(),
    grantedAt: entitlement.grantedAt.toISOString(),
  };
  tx.append(EntitlementGrantedV2, {
    ...known,
    supersedesAgreementId: entitlement.supersedesAgreementId,
    offerId: entitlement.offerId,
    documentHash: entitlement.documentHash,
    productVersion: entitlement.productVersion,
    plan: entitlement.plan,
    timeZone: entitlement.timeZone,
    placesOfUse: [...entitlement.placesOfUse],
    recipients: [...entitlement.recipients],
    policy: policyFacts(policy),
    odrl: canonicalJson(odrlFrom(policy)),
    release: entitlement.release,
  });
  tx.append(EntitlementGrantedV1, known);
}
