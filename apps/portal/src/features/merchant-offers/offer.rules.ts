import type { NewOffer, NewSimulation, Offer } from '@hetao/client';
import { metersOf, repriced } from '../../kit/price/price.rules.js';

/** A month of an offer, with so much use of each meter; meters left empty were not used. */
export function simulationOf(
  offer: Offer,
  period: string,
  quantities: Readonly<Record<string, string | undefined>>,
): NewSimulation {
  const usage = metersOf(offer.plan).flatMap((meter) => {
    const quantity = quantities[meter]?.trim();
    return quantity ? [{ meter, quantity }] : [];
  });
  return { offer_id: offer.id, months: [{ period, usage }] };
}

export interface PrivateOfferValues {
  readonly buyer_id: string;
  /** Last day it can be asked for, YYYY-MM-DD in the exchange's zone. */
  readonly until: string;
  readonly prices: Readonly<Record<string, string>>;
}

/** The same terms for one buyer alone, at prices of his own. */
export function privateOfferOf(offer: Offer, { buyer_id, until, prices }: PrivateOfferValues): NewOffer {
  return {
    product_id: offer.product_id,
    plan: repriced(offer.plan, prices),
    policy: offer.policy,
    quota: offer.quota,
    valid_until: new Date(`${until}T24:00:00+08:00`).toISOString(),
    term: offer.term,
    time_zone: offer.time_zone,
    notice_days: offer.notice_days,
    renewal: offer.renewal,
    channel_partner_id: offer.channel_partner_id,
    buyer_id: buyer_id.trim(),
  };
}
