import { type ExchangeApi, whenKnown } from './api.js';

/** Who takes part in licensing a product. */
export interface LicensingSides {
  readonly exporter: ExchangeApi;
  readonly buyer: ExchangeApi;
  readonly officer: ExchangeApi;
}

/** What is licensed, in the words of the API. */
export interface Deal {
  readonly product: object;
  /** All of an offer but the product. */
  readonly offer: object;
  readonly request: { readonly purpose: string; readonly place_of_use: string };
}

export interface Licensed {
  readonly productId: string;
  readonly requestId: string;
  readonly agreementId: string;
}

interface Entity {
  readonly id: string;
}

/** A price for each meter, in CNY, with the usual shares and 6 % tax on top. */
export function planOf(unitPrices: Readonly<Record<string, string>>): object {
  return {
    currency: 'CNY',
    components: Object.entries(unitPrices).map(([meter, unit_price]) => {
      return { kind: 'per_unit', id: meter, meter, unit_price, per: '1' };
    }),
    fee: { exchange_bps: 250, channel_bps: 0 },
    tax: { jurisdiction: 'CN', rate_bps: 600, mode: 'exclusive' },
  };
}

/** How a licensing goes about it. */
export interface Licensing {
  /** Told after every answered step. */
  readonly stepped?: () => void;
  /** How long contracts may take to hear of the listing and of the buyer; default 20 s. */
  readonly heardWithinMs?: number;
}

/** Lists the product, offers it, has access asked for and agreed to, and has both sign. */
export async function licenseProduct(sides: LicensingSides, deal: Deal, how: Licensing = {}): Promise<Licensed> {
  const { exporter, buyer, officer } = sides;
  const step = async <T>(asked: Promise<T>): Promise<T> => {
    const answer = await asked;
    how.stepped?.();
    return answer;
  };
  const { id: productId } = await step(exporter.post<Entity>('/v1/products', deal.product));
  await step(exporter.post(`/v1/products/${productId}/submit`));
  await step(officer.post(`/v1/products/${productId}/approve`));
  const offer = await step(
    whenKnown(
      'The offer',
      () => exporter.post<Entity>('/v1/offers', { product_id: productId, ...deal.offer }),
      how.heardWithinMs,
    ),
  );
  const { id: requestId } = await step(
    whenKnown(
      'The request',
      () => buyer.post<Entity>('/v1/access-requests', { offer_id: offer.id, ...deal.request }),
      how.heardWithinMs,
    ),
  );
  const agreed = await step(exporter.post<{ readonly agreement_id: string }>(`/v1/access-requests/${requestId}/agree`));
  const agreementId = agreed.agreement_id;
  const { document_hash } = await buyer.get<{ readonly document_hash: string }>(`/v1/agreements/${agreementId}`);
  await step(exporter.post(`/v1/agreements/${agreementId}/sign`, { document_hash }));
  await step(buyer.post(`/v1/agreements/${agreementId}/sign`, { document_hash }));
  return { productId, requestId, agreementId };
}
