import { type ExchangeApi, until } from '../../exchange/api.js';
import type { Making } from './making.js';
import { unless } from './unless.js';
import { HEARTBEAT_PRODUCT, theExchange } from './world/heartbeat.js';

interface Endpoint {
  readonly url: string;
}

/**
 * Says where the exchange's own product is served: at its own log; again when that has another address since, as on another
 * port. Where people reach the exchange by another name than the demo does, whoever runs it says so himself.
 */
export async function connectHeartbeat({ cast, found }: Making, baseUrl: string): Promise<void> {
  const plan = found.productPlan(HEARTBEAT_PRODUCT);
  const product = plan && found.product(plan);
  if (product === undefined) throw new Error('The heartbeat is not on the exchange.');
  const merchant = await cast.as(theExchange.slug, found);
  const path = `/v1/delivery-endpoints/${product.id}`;
  const url = `${baseUrl}/v1/attestation-log`;
  const known = await unless('DELIVERY_PRODUCT_NOT_YOURS', () => merchant.get<Endpoint>(path));
  if (known?.url !== url) await connect(merchant, path, url);
}

/**
 * What passes through the door is counted there and its merchant reports nothing: the exchange's own count is the one that
 * holds. Said again at every start, which changes nothing.
 */
export async function countHeartbeat({ cast, found, world }: Making): Promise<void> {
  for (const deal of world.deals.filter(({ product }) => product === HEARTBEAT_PRODUCT)) {
    const agreement = found.agreement(deal);
    if (agreement?.status !== 'in_force') continue;
    const side = { agreement_id: agreement.id, record_side: 'gateway' };
    // Metering hears of a licence a moment after it is signed.
    await until('The heartbeat at metering', () =>
      unless('USAGE_AGREEMENT_UNKNOWN', () => cast.operator.put<object>('/v1/usage/variance/record-side', side)),
    );
  }
}

async function connect(merchant: ExchangeApi, path: string, url: string): Promise<void> {
  const put = async () =>
    (await unless('DELIVERY_ENDPOINT_INVALID', () => merchant.put<Endpoint>(path, { url, secret: null }))) ?? { url };
  // The door hears of a product a moment after it is listed.
  await until('The heartbeat at the door', () => unless('DELIVERY_PRODUCT_NOT_YOURS', put));
}
