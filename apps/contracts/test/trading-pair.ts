import { expect } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { eventually, type TestCaller } from '@hetao/testing';
import type { Exchange, WireAnswer, WireBody } from './dataspace-pair.js';
import { seedOffer } from './dataspace-peers.js';

/** What a published offer of the seeds says on the wire. */
export const RULES = {
  permission: [
    {
      action: 'use',
      constraint: [
        { leftOperand: 'odrl:purpose', operator: 'eq', rightOperand: 'research' },
        { leftOperand: 'odrl:spatial', operator: 'eq', rightOperand: 'HK' },
      ],
    },
  ],
  prohibition: [{ action: 'odrl:distribute' }, { action: 'odrl:transfer' }],
};

/** The same, but for thirty days at most: stricter for the consumer. */
export const STRICTER = {
  ...RULES,
  obligation: [
    {
      action: 'odrl:delete',
      constraint: [{ leftOperand: 'odrl:elapsedTime', operator: 'lteq', rightOperand: 'P30D' }],
    },
  ],
};

/** The same, but for teaching as well: more than is offered. */
export const WIDER = {
  ...RULES,
  permission: [
    {
      action: 'use',
      constraint: [
        {
          or: [
            { leftOperand: 'odrl:purpose', operator: 'eq', rightOperand: 'research' },
            { leftOperand: 'odrl:purpose', operator: 'eq', rightOperand: 'teaching' },
          ],
        },
        { leftOperand: 'odrl:spatial', operator: 'eq', rightOperand: 'HK' },
      ],
    },
  ],
};

/** A product on offer at an exchange. */
export interface OnSale {
  readonly offerId: string;
  readonly productId: string;
}

export async function onSale(exchange: Exchange, kind = 'dataset'): Promise<OnSale> {
  const [offerId, productId] = [newId('off'), newId('prd')];
  await seedOffer(exchange, { id: offerId, productId, kind });
  return { offerId, productId };
}

/** Who trades at an exchange. */
export const merchantOf = (exchange: Exchange): TestCaller => ({
  personas: ['merchant'],
  organisationId: exchange.ours,
  subject: 'usr_merchant',
  displayName: 'Mei',
});
export const buyerOf = (exchange: Exchange): TestCaller => ({
  personas: ['buyer'],
  organisationId: exchange.ours,
  subject: 'usr_buyer',
  displayName: 'Bo',
});

/** A buyer of this exchange asks the other one for a product on sale there. */
export async function ask(exchange: Exchange, { offerId, productId }: OnSale, change: object = {}): Promise<WireBody> {
  const { status, body } = await exchange.send(buyerOf(exchange), 'POST', '/v1/peer-negotiations', {
    peer_id: exchange.peerId,
    dataset_id: `urn:hetao:product:${productId}`,
    offer_id: `urn:hetao:offer:${offerId}`,
    rules: RULES,
    purpose: 'research',
    place_of_use: 'HK',
    ...change,
  });
  expect([status, body.state]).toEqual([201, 'REQUESTED']);
  return body;
}

/** What the merchant lets the exchange do in his name. */
export async function setAutomatic(exchange: Exchange, agree: boolean, verify = true): Promise<void> {
  const { status } = await exchange.send(merchantOf(exchange), 'PUT', '/v1/negotiation-settings', {
    agree_automatically: agree,
    verify_automatically: verify,
  });
  expect(status).toBe(200);
}

/** The access request a provider has of what a consumer opened. */
export interface ProviderRecord {
  readonly id: string;
  readonly state: string;
  readonly pending: string | null;
  readonly agreement_id: string | null;
}

/** Both sides, once they are in this state and nothing is on its way. */
export function bothIn(
  consumer: Exchange,
  provider: Exchange,
  id: string,
  state: string,
): Promise<{ readonly ours: WireBody; readonly theirs: ProviderRecord }> {
  return eventually(async () => {
    const { body: ours } = await consumer.send(buyerOf(consumer), 'GET', `/v1/peer-negotiations/${id}`);
    const [theirs] = await provider.sql<ProviderRecord>(
      'SELECT id, state, pending, agreement_id FROM negotiations WHERE consumer_pid = $1',
      [ours['consumer_pid']],
    );
    expect([ours.state, ours['under_way'], theirs?.state, theirs?.pending]).toEqual([state, null, state, null]);
    return { ours, theirs: theirs as ProviderRecord };
  });
}

/** The merchant answers a request of the peer. */
export const answer = (exchange: Exchange, id: string, command: string, json?: object): Promise<WireAnswer> =>
  exchange.send(merchantOf(exchange), 'POST', `/v1/access-requests/${id}/${command}`, json);

/** The buyer goes on in a negotiation with the peer. */
export const reply = (exchange: Exchange, id: string, command: string, json?: object): Promise<WireAnswer> =>
  exchange.send(buyerOf(exchange), 'POST', `/v1/peer-negotiations/${id}/${command}`, json);
