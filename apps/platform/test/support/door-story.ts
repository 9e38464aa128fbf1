import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { ExchangeApi, ExchangeProblem, until } from '../../../../tools/exchange/api.js';
import { enrol } from '../../../../tools/exchange/enrol.js';
import { repositoryRoot } from './trade-run.js';

/** What merchants and buyers do, with whatever tool. Each command answers the id of what it made. */
export interface Trader {
  /** Drafts a product and hands it in. */
  listProduct(listing: Listing): Promise<string>;
  publishOffer(offer: object): Promise<string>;
  /** Ids of what a search finds. */
  findProducts(words: string): Promise<string[]>;
  requestAccess(request: { offer_id: string; purpose: 'research'; place_of_use: 'HK' }): Promise<string>;
  /** Ids of the requests that wait for an answer. */
  openRequests(): Promise<string[]>;
  /** @returns the id of the agreement */
  agree(requestId: string): Promise<string>;
  sign(agreementId: string): Promise<void>;
  /** @returns how many were counted */
  sendUsage(events: readonly UsageEvent[]): Promise<number>;
  usageOf(agreementId: string, period: string): Promise<string | undefined>;
  /** The invoice of an agreement: number, and net amount. */
  invoiceOf(agreementId: string, period: string): Promise<InvoiceFacts | undefined>;
  /** Ends the key one trades with; the tool has none afterwards. @returns a fresh one */
  rollKey(): Promise<string>;
}

export interface Listing {
  readonly name: { readonly en: string; readonly 'zh-Hans': string; readonly 'zh-Hant': string };
  readonly [fact: string]: unknown;
}

export interface InvoiceFacts {
  readonly id: string;
  readonly net: string;
}

export interface UsageEvent {
  readonly id: string;
  readonly subject: string;
  readonly [attribute: string]: unknown;
}

/** A tool in somebody's hands. */
export type Tool = (url: string, apiKey: string) => Trader;

/** Everybody at the door: what merchant and buyer do by a tool, the exchange's own people do beside it. */
export interface Door {
  readonly url: string;
  readonly officer: ExchangeApi;
  readonly operatorKey: string;
  /** Another operator: four eyes. */
  readonly customsKey: string;
  readonly auditorKey: string;
  readonly merchantKey: string;
  /** Another one after each story: the buyer rolls it. */
  buyerKey: string;
}

const AREAS = ['catalog', 'contracts', 'usage', 'settlement', 'attestation', 'customs', 'identity'];
const scopes = AREAS.flatMap((area) => [`${area}:read`, `${area}:write`]);
const text = (en: string, hans: string, hant: string) => ({ en, 'zh-Hans': hans, 'zh-Hant': hant });

export async function openDoor(url: string): Promise<Door> {
  const accounts = JSON.parse(readFileSync(join(repositoryRoot, 'tools/demo/demo-accounts.json'), 'utf8')) as {
    email: string;
    api_key: string;
  }[];
  const keyOf = (who: string) => accounts.find(({ email }) => email === `${who}@hetao.demo`)?.api_key ?? '';
  const [operatorKey, customsKey, auditorKey] = [keyOf('operator'), keyOf('customs'), keyOf('auditor')];
  const officer = new ExchangeApi({ baseUrl: url, apiKey: operatorKey });
  const place = { jurisdiction: 'HK', scopes };
  const [merchantKey, buyerKey] = await Promise.all([
    enrol(url, officer, { role: 'merchant', name: text('Harbour tides', '海港潮汐', '海港潮汐'), ...place }),
    enrol(url, officer, { role: 'buyer', name: text('Ferry planners', '渡轮规划', '渡輪規劃'), ...place }),
  ]);
  return { url, officer, operatorKey, customsKey, auditorKey, merchantKey, buyerKey };
}

const CALLS = 3;

/** From an empty catalogue to an invoice that adds up: what the two of them do their whole business by. */
export async function wholeBusiness(door: Door, tool: Tool, period: string): Promise<void> {
  const merchant = tool(door.url, door.merchantKey);
  const buyer = tool(door.url, door.buyerKey);
  const productId = await merchant.listProduct(listing(period));
  await door.officer.post(`/v1/products/${productId}/approve`);
  const offerId = await soon('The offer', () => merchant.publishOffer(offer(productId)));
  await until('The product in a search', async () =>
    (await buyer.findProducts(period)).includes(productId) ? true : undefined,
  );
  const access = { offer_id: offerId, purpose: 'research', place_of_use: 'HK' } as const;
  const requestId = await soon('The request', () => buyer.requestAccess(access));
  expect(await merchant.openRequests()).toContain(requestId);
  const agreementId = await merchant.agree(requestId);
  await merchant.sign(agreementId);
  await buyer.sign(agreementId);
  await soon('The usage', async () => ((await merchant.sendUsage(events(agreementId, period))) > 0 ? true : undefined));
  expect(await merchant.sendUsage(events(agreementId, period))).toBe(0);
  await until('The buyer’s usage', async () =>
    (await buyer.usageOf(agreementId, period)) === String(CALLS) ? true : undefined,
  );
  await closeMonth(door.officer, period);
  const invoice = await until('The invoice', () => buyer.invoiceOf(agreementId, period));
  expect(invoice.net).toBe('6.00');
  const fresh = await buyer.rollKey();
  await expect(buyer.findProducts(period)).rejects.toThrow();
  expect(await tool(door.url, fresh).invoiceOf(agreementId, period)).toEqual(invoice);
  door.buyerKey = fresh;
}

/** The name says the month, by which it is found. */
function listing(period: string): Listing {
  return {
    name: text(`Tide tables of ${period}`, `${period} 潮汐表`, `${period} 潮汐表`),
    description: text('Heights by the hour.', '每小时潮高。', '每小時潮高。'),
    kind: 'api',
    stored_in: 'HK',
    fields: [
      { name: 'height', meaning: 'Height over chart datum in metres', export_reason: 'Ferries are planned by it.' },
    ],
  };
}

function offer(productId: string): object {
  return {
    product_id: productId,
    plan: {
      currency: 'CNY',
      components: [{ kind: 'per_unit', id: 'calls', meter: 'calls', unit_price: '2', per: '1' }],
      fee: { exchange_bps: 250, channel_bps: 0 },
      tax: { jurisdiction: 'HK', rate_bps: 0, mode: 'exclusive' },
    },
    policy: { purposes: ['research'], places_of_use: ['HK'], onward_use: false, retention_days: 30 },
    quota: null,
    valid_until: '2035-01-01T00:00:00Z',
    term: { from: '2015-01-01T00:00:00Z', until: '2034-01-01T00:00:00Z' },
  };
}

function events(agreementId: string, period: string): UsageEvent[] {
  return Array.from({ length: CALLS }, (_, index) => ({
    specversion: '1.0',
    type: 'hetao.usage.recorded',
    id: `${agreementId}-${index}`,
    source: '/tides',
    subject: agreementId,
    time: `${period}-10T0${index}:00:00Z`,
    data: { meters: { calls: 1 } },
  }));
}

async function closeMonth(officer: ExchangeApi, period: string): Promise<void> {
  await officer.post(`/v1/usage/periods/${period}/close`, { time_zone: 'UTC' });
  await until(`The invoices of ${period}`, async () => {
    try {
      return await officer.post<object>(`/v1/settlement/periods/${period}/invoice`);
    } catch (error) {
      // Settlement says what it still waits for: usage travels as events.
      if (error instanceof ExchangeProblem && error.status === 409) return undefined;
      throw error;
    }
  });
}

/** Does what another service may not have heard enough for: every tool says it in words that name the code. */
function soon<T>(what: string, act: () => Promise<T>): Promise<T> {
  return until(what, async () => {
    try {
      return await act();
    } catch (error) {
      if (/_NOT_KNOWN_YET|PARTY_NOT_APPROVED|USAGE_AGREEMENT_UNKNOWN/.test(String(error))) return undefined;
      throw error;
    }
  });
}
