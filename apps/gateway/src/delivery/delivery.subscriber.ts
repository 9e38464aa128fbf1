import { Controller } from '@nestjs/common';
import {
  EntitlementGrantedV1,
  EntitlementResumedV1,
  EntitlementRevokedV1,
  EntitlementSuspendedV1,
  ProductListedV1,
  QuotaExhaustedV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { ReadMemory } from '../database/read-memory.register.js';

/** The door's own copy of who may use what: no call to a merchant waits for another service. */
@Controller()
export class DeliverySubscriber {
  readonly #memory: ReadMemory;

  constructor(memory: ReadMemory) {
    this.#memory = memory;
  }

  @Handles(ProductListedV1)
  async listed({ data }: ReceivedEvent<ProductListedV1>, tx: Tx): Promise<void> {
    await tx.execute(
      'INSERT INTO delivery_products (product_id, merchant_id) VALUES ($1, $2) ON CONFLICT (product_id) DO NOTHING',
      [data.productId, data.merchantId],
    );
  }

  @Handles(EntitlementGrantedV1)
  async granted({ data }: ReceivedEvent<EntitlementGrantedV1>, tx: Tx): Promise<void> {
    this.#memory.clearAfter(tx);
    await tx.execute(
      `INSERT INTO delivery_grants (agreement_id, product_id, merchant_id, buyer_id, meters, purposes, valid_from,
         valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (agreement_id) DO UPDATE SET meters = excluded.meters, purposes = excluded.purposes,
         valid_from = excluded.valid_from, valid_until = excluded.valid_until, revoked_at = NULL, suspended_at = NULL`,
      [
        ...[data.agreementId, data.productId, data.merchantId, data.buyerId, data.meters, data.purposes],
        ...[data.validFrom, data.validUntil],
      ],
    );
  }

  @Handles(EntitlementRevokedV1)
  async revoked({ data }: ReceivedEvent<EntitlementRevokedV1>, tx: Tx): Promise<void> {
    this.#memory.clearAfter(tx);
    await tx.execute('UPDATE delivery_grants SET revoked_at = $2 WHERE agreement_id = $1', [
      data.agreementId,
      data.revokedAt,
    ]);
  }

  @Handles(EntitlementSuspendedV1)
  async suspended({ data }: ReceivedEvent<EntitlementSuspendedV1>, tx: Tx): Promise<void> {
    this.#memory.clearAfter(tx);
    await tx.execute('UPDATE delivery_grants SET suspended_at = $2 WHERE agreement_id = $1', [
      data.agreementId,
      data.suspendedAt,
    ]);
  }

  @Handles(EntitlementResumedV1)
  async resumed({ data }: ReceivedEvent<EntitlementResumedV1>, tx: Tx): Promise<void> {
    this.#memory.clearAfter(tx);
    await tx.execute('UPDATE delivery_grants SET suspended_at = NULL WHERE agreement_id = $1', [data.agreementId]);
  }

  /** Of another topic than the grant: it may come first, and then nothing is delivered anyway. */
  @Handles(QuotaExhaustedV1)
  async exhausted({ data }: ReceivedEvent<QuotaExhaustedV1>, tx: Tx): Promise<void> {
    this.#memory.clearAfter(tx);
    await tx.execute('UPDATE delivery_grants SET exhausted_meter = $2 WHERE agreement_id = $1', [
      data.agreementId,
      data.meter,
    ]);
  }
}
