import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { EntitlementRow } from './entitlement.entity.js';
import type { Entitlement } from './entitlement.js';

/** Loads and saves entitlements. */
@Injectable()
export class EntitlementRepository {
  /** The entitlement of an agreement, if it ever came into force; held until the transaction ends. */
  loadOf(tx: Tx, agreementId: string): Promise<Entitlement | null> {
    return tx.manager.findOne(EntitlementRow, { where: { agreementId }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, entitlement: Entitlement): Promise<void> {
    const { meters, purposes, placesOfUse, recipients, ...rest } = entitlement;
    await tx.manager.insert(EntitlementRow, {
      ...rest,
      meters: [...meters],
      purposes: [...purposes],
      placesOfUse: [...placesOfUse],
      recipients: [...recipients],
    });
  }

  /** Saves what a command may change; what was granted never does. */
  async update(tx: Tx, entitlement: Entitlement): Promise<void> {
    const { id, status, suspendedAt, suspensionReason, revokedAt, revocationReason } = entitlement;
    const changed = { status, suspendedAt, suspensionReason, revokedAt, revocationReason };
    await tx.manager.update(EntitlementRow, { id }, changed);
  }
}
