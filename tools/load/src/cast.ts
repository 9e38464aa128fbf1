import { ExchangeApi } from '../../exchange/api.js';
import { DEMO_OFFICER_KEY, DEMO_OPERATOR_KEY } from '../../exchange/demo-keys.js';
import { enrol } from '../../exchange/enrol.js';
import { atMost } from '../../demo/src/at-most.js';
import { playTrade, type TradingSides } from '../../chaos/src/platform/trade.js';
import { Random } from '../../chaos/src/random.js';

/** A merchant with what he sells, and under which agreement. */
export interface Merchant {
  readonly api: ExchangeApi;
  readonly agreementId: string;
}

export interface Cast {
  readonly officer: ExchangeApi;
  readonly supervisor: ExchangeApi;
  readonly merchants: readonly Merchant[];
  readonly buyers: readonly ExchangeApi[];
}

export interface CastOptions {
  readonly merchants: number;
  readonly buyers: number;
  /** YYYY-MM: before the day that is played. */
  readonly period: string;
}

/** Two cores hash two passwords at once. */
const AT_ONCE = 2;
const SCOPES = ['catalog', 'contracts', 'usage', 'settlement', 'customs', 'attestation'].flatMap((area) => [
  `${area}:read`,
  `${area}:write`,
]);
const text = (words: string) => ({ en: words, 'zh-Hans': words, 'zh-Hant': words });

/** Enrols everybody, and has each merchant license one product to one of the buyers. */
export async function gatherCast(url: string, options: CastOptions): Promise<Cast> {
  const api = (apiKey: string) => new ExchangeApi({ baseUrl: url, apiKey });
  const officer = api(DEMO_OPERATOR_KEY);
  const supervisor = api(DEMO_OFFICER_KEY);
  const people = async (role: 'merchant' | 'buyer', count: number): Promise<ExchangeApi[]> => {
    const keys: string[] = [];
    const jurisdiction = role === 'merchant' ? 'CN' : 'HK';
    await atMost(AT_ONCE, [...Array(count).keys()], async (no) => {
      keys[no] = await enrol(url, officer, { role, jurisdiction, name: text(`Day ${role} ${no}`), scopes: SCOPES });
    });
    return keys.map(api);
  };
  const exporters = await people('merchant', options.merchants);
  const buyers = await people('buyer', options.buyers);
  const merchants: Merchant[] = [];
  await atMost(AT_ONCE, [...exporters.entries()], async ([no, exporter]) => {
    const buyer = buyers[no % buyers.length];
    if (buyer === undefined) throw new Error('A day needs a buyer.');
    const sides: TradingSides = { officer, supervisor, exporter, buyer };
    merchants[no] = { api: exporter, agreementId: await licensed(sides, `day-${no}`, options.period) };
  });
  return { officer, supervisor, merchants, buyers };
}

/** A whole trade that stays in force. */
export async function licensed(sides: TradingSides, name: string, period: string): Promise<string> {
  const plan = { name, period, random: new Random(1), stepped: () => undefined, isRevoked: false };
  return (await playTrade(sides, plan)).agreementId;
}
