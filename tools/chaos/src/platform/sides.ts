import { ExchangeApi } from '../../../exchange/api.js';
import { DEMO_OFFICER_KEY, DEMO_OPERATOR_KEY } from '../../../exchange/demo-keys.js';
import { enrol } from '../../../exchange/enrol.js';
import type { TradingSides } from './trade.js';

/** Longer than any harm lasts. */
const PATIENCE_MS = 90_000;
const SCOPES = ['catalog', 'contracts', 'usage', 'customs'].flatMap((area) => [`${area}:read`, `${area}:write`]);

const text = (words: string) => ({ en: words, 'zh-Hans': words, 'zh-Hant': words });

/** A merchant on the mainland and a buyer in Hong Kong, newly enrolled, and the two officers of the demonstration. */
export async function gatherSides(url: string): Promise<TradingSides> {
  const api = (apiKey: string) => new ExchangeApi({ baseUrl: url, apiKey, patienceMs: PATIENCE_MS });
  const officer = api(DEMO_OPERATOR_KEY);
  const [merchant, buyer] = await Promise.all([
    enrol(url, officer, { role: 'merchant', jurisdiction: 'CN', name: text('Chaos Data'), scopes: SCOPES }),
    enrol(url, officer, { role: 'buyer', jurisdiction: 'HK', name: text('Chaos Research'), scopes: SCOPES }),
  ]);
  return { officer, supervisor: api(DEMO_OFFICER_KEY), exporter: api(merchant), buyer: api(buyer) };
}
