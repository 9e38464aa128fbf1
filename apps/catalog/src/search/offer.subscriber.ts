import { Controller } from '@nestjs/common';
import {
  EntitlementGrantedV1,
  EntitlementResumedV1,
  EntitlementRevokedV1,
  EntitlementSuspendedV1,
  OfferPublishedV2,
  OfferWithdrawnV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { SearchIndex } from './search.index.js';

/** What the index must have heard of contracts: what is on offer, where, for how much; and who may use what already. */
@Controller()
export class OfferSubscriber {
  readonly #index: SearchIndex;

  constructor(index: SearchIndex) {
    this.#index = index;
  }

  @Handles(OfferPublishedV2)
  async onOfferPublished({ data }: ReceivedEvent<OfferPublishedV2>, tx: Tx): Promise<void> {
    const { offerId, productId, buyerId, plan, policy, validUntil } = data;
    // What one buyer is offered is no price on the market.
    if (buyerId !== null) return;
    // A withdrawal that came first stays one.
    await tx.execute(
      `INSERT INTO search_offers (offer_id, product_id, currency, components, places_of_use, valid_until, withdrawn)
       VALUES ($1, $2, $3, $4, $5, $6, false)
       ON CONFLICT (offer_id) DO UPDATE SET product_id = excluded.product_id, currency = excluded.currency,
         components = excluded.components, places_of_use = excluded.places_of_use, valid_until = excluded.valid_until`,
      [offerId, productId, plan.currency, JSON.stringify(plan.components), policy.placesOfUse, validUntil],
    );
    await this.#index.renew(tx, productId);
  }

  @Handles(OfferWithdrawnV1)
  async onOfferWithdrawn({ data }: ReceivedEvent<OfferWithdrawnV1>, tx: Tx): Promise<void> {
    const { offerId, productId } = data;
    await tx.execute(
      `INSERT INTO search_offers (offer_id, product_id, currency, components, places_of_use, valid_until, withdrawn)
       VALUES ($1, $2, '', '[]', '{}', 'epoch', true) ON CONFLICT (offer_id) DO UPDATE SET withdrawn = true`,
      [offerId, productId],
    );
    await this.#index.renew(tx, productId);
  }

  @Handles(EntitlementGrantedV1)
  async onEntitlementGranted({ data }: ReceivedEvent<EntitlementGrantedV1>, tx: Tx): Promise<void> {
    await tx.execute(
      `INSERT INTO search_entitlements (entitlement_id, buyer_id, product_id, valid_from, valid_until, revoked, rests)
       VALUES ($1, $2, $3, $4, $5, false, false) ON CONFLICT (entitlement_id) DO UPDATE SET buyer_id = excluded.buyer_id,
         product_id = excluded.product_id, valid_from = excluded.valid_from, valid_until = excluded.valid_until`,
      [data.entitlementId, data.buyerId, data.productId, data.validFrom, data.validUntil],
    );
  }

  @Handles(EntitlementRevokedV1)
  async onEntitlementRevoked({ data }: ReceivedEvent<EntitlementRevokedV1>, tx: Tx): Promise<void> {
    await note(tx, data.entitlementId, 'revoked = true');
  }

  @Handles(EntitlementSuspendedV1)
  async onEntitlementSuspended({ data }: ReceivedEvent<EntitlementSuspendedV1>, tx: Tx): Promise<void> {
    await note(tx, data.entitlementId, 'rests = true');
  }

  @Handles(EntitlementResumedV1)
  async onEntitlementResumed({ data }: ReceivedEvent<EntitlementResumedV1>, tx: Tx): Promise<void> {
    await note(tx, data.entitlementId, 'rests = false');
  }
}

/** Notes what became of an entitlement, also of one that is not known yet: its grant adds what is missing. */
async function note(tx: Tx, id: string, what: 'revoked = true' | 'rests = true' | 'rests = false'): Promise<void> {
  await tx.execute(
    `INSERT INTO search_entitlements (entitlement_id, buyer_id, product_id, valid_from, valid_until, revoked, rests)
     VALUES ($1, '', '', 'epoch', 'epoch', ${what === 'revoked = true'}, ${what === 'rests = true'})
     ON CONFLICT (entitlement_id) DO UPDATE SET ${what}`,
    [id],
  );
}
