import { ParticipantApprovedV1, ProductDescribedV1, ProductListedV1 } from '@hetao/events';
import { newId, type Jurisdiction } from '@hetao/kernel';
import type { TestCaller } from '@hetao/testing';
import { approval, description, listing, type Answer, type RunningContracts } from './running-contracts.js';

export const operator: TestCaller = { personas: ['operator'], organisationId: 'org_exchange', subject: 'usr_operator' };
export const auditor: TestCaller = { personas: ['auditor'], organisationId: 'org_audit', subject: 'usr_auditor' };

/** What a merchant sends to offer his product: 0.05 a call and 0.20 a megabyte, in force at once, for a year. */
export const offerBody = (productId: string, change: object = {}) => ({
  product_id: productId,
  plan: {
    currency: 'CNY',
    components: [
      { kind: 'per_unit', id: 'calls', meter: 'calls', unit_price: '0.05', per: '1' },
      { kind: 'per_unit', id: 'bytes', meter: 'bytes', unit_price: '0.20', per: '1000000' },
    ],
    fee: { exchange_bps: 500, channel_bps: 0 },
    tax: { jurisdiction: 'CN', rate_bps: 600, mode: 'exclusive' },
  },
  policy: { purposes: ['research'], places_of_use: ['HK', 'CN'], onward_use: false, retention_days: 30 },
  quota: { meter: 'calls', limit: '50000' },
  valid_until: '2026-04-01T00:00:00Z',
  term: { from: '2015-05-01T00:00:00+08:00', until: '2027-03-01T00:00:00Z' },
  ...change,
});

/** One merchant with a listed product, and a buyer, approved and known to contracts; and what they do. */
export interface Market {
  readonly merchant: TestCaller;
  readonly buyer: TestCaller;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly productId: string;
  offer(change?: object): Promise<Answer>;
  request(offerId: string, change?: object): Promise<Answer>;
  answer(as: TestCaller, requestId: string, command: string, json?: object): Promise<Answer>;
  sign(as: TestCaller, agreementId: string, documentHash: string): Promise<Answer>;
  agreement(id: string, as?: TestCaller): Promise<Answer>;
  /** Offer, request and consent: an agreement that waits for signatures. */
  drafted(offerChange?: object): Promise<{ id: string; hash: string }>;
  /** The same, signed by both. */
  signed(offerChange?: object): Promise<{ id: string; hash: string }>;
}

/** @param storedIn where the data lies; the buyer uses it in Hong Kong, so by default no border is crossed. */
export async function openMarket(contracts: RunningContracts, storedIn: Jurisdiction = 'HK'): Promise<Market> {
  const [merchantId, buyerId, productId] = [newId('org'), newId('org'), newId('prd')];
  const now = contracts.clock.now();
  await contracts.publish(ParticipantApprovedV1, approval(merchantId, ['merchant'], now, 'CN'));
  await contracts.publish(ParticipantApprovedV1, approval(buyerId, ['buyer'], now, 'HK'));
  await contracts.publish(ProductDescribedV1, description(productId, merchantId, now, storedIn));
  await contracts.publish(ProductListedV1, listing(productId, merchantId, now));
  await contracts.arrived();
  const merchant: TestCaller = {
    personas: ['merchant'],
    organisationId: merchantId,
    subject: 'usr_m',
    displayName: 'M',
  };
  const buyer: TestCaller = { personas: ['buyer'], organisationId: buyerId, subject: 'usr_b', displayName: 'B' };
  const post = (as: TestCaller, path: string, json?: object) =>
    contracts.send(as, 'POST', path, json === undefined ? {} : { json });

  const market: Market = {
    merchant,
    buyer,
    merchantId,
    buyerId,
    productId,
    offer: (change) => post(merchant, '/v1/offers', offerBody(productId, change)),
    request: (offerId, change = {}) =>
      post(buyer, '/v1/access-requests', { offer_id: offerId, purpose: 'research', place_of_use: 'HK', ...change }),
    answer: (as, requestId, command, json) => post(as, `/v1/access-requests/${requestId}/${command}`, json),
    sign: (as, id, documentHash) => post(as, `/v1/agreements/${id}/sign`, { document_hash: documentHash }),
    agreement: (id, as = operator) => contracts.send(as, 'GET', `/v1/agreements/${id}`),
    drafted: async (offerChange) => {
      const offer = await market.offer(offerChange);
      const request = await market.request(offer.body.id);
      const agreed = await market.answer(merchant, request.body.id, 'agree');
      const { body } = await market.agreement(agreed.body.agreement_id ?? '');
      return { id: body.id, hash: body.document_hash };
    },
    signed: async (offerChange) => {
      const { id, hash } = await market.drafted(offerChange);
      await market.sign(merchant, id, hash);
      await market.sign(buyer, id, hash);
      return { id, hash };
    },
  };
  return market;
}
