import { Injectable } from '@nestjs/common';
import { EntitlementGrantedV1, EntitlementRevokedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { grantEntitlement, revokeEntitlement, type Grant } from './entitlement.js';
import { EntitlementRepository } from './entitlement.repository.js';

/** Grants and revokes in the transaction in which the agreement comes into force and ends. */
@Injectable()
export class FollowAgreement {
  readonly #entitlements: EntitlementRepository;

  constructor(entitlements: EntitlementRepository) {
    this.#entitlements = entitlements;
  }

  async grant(tx: Tx, grant: Grant, at: Date): Promise<void> {
    const entitlement = grantEntitlement(grant, newId('ent'), at);
    await this.#entitlements.insert(tx, entitlement);
    const { id, agreementId, productId, merchantId, buyerId, quota } = entitlement;
    tx.append(EntitlementGrantedV1, {
      entitlementId: id,
      agreementId,
      productId,
      merchantId,
      buyerId,
      meters: [...entitlement.meters],
      quota,
      purposes: [...entitlement.purposes],
      validFrom: entitlement.validFrom.toISOString(),
      validUntil: entitlement.validUntil.toISOString(),
      grantedAt: at.toISOString(),
    });
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
