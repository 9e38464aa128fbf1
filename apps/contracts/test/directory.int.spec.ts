import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ParticipantApprovedV1,
  ParticipantRegisteredV1,
  ParticipantSuspendedV1,
  ProductDelistedV1,
  ProductListedV1,
} from '@hetao/events';
import { newId } from '@hetao/kernel';
import { eventually, type TestCaller } from '@hetao/testing';
import { offerBody } from './market.js';
import { approval, listing, named, startContracts, type RunningContracts } from './running-contracts.js';

let contracts: RunningContracts;
beforeAll(async () => {
  contracts = await startContracts();
});
afterAll(() => contracts.stop());

const day = (number: number) => new Date(Date.UTC(2026, 1, number));
type Told = () => Promise<void>;

/** An organisation's story, each fact as something that can be told again. */
function partyStory(id: string): Told[] {
  const profile = { participantId: id, name: named(id), jurisdiction: 'SG' as const, roles: ['buyer' as const] };
  return [
    () => contracts.publish(ParticipantRegisteredV1, { ...profile, registeredAt: day(1).toISOString() }),
    () => contracts.publish(ParticipantApprovedV1, approval(id, ['buyer'], day(2), 'SG')),
    () =>
      contracts.publish(ParticipantSuspendedV1, { participantId: id, reason: 'x', suspendedAt: day(3).toISOString() }),
    () => contracts.publish(ParticipantApprovedV1, approval(id, ['buyer', 'merchant'], day(4), 'SG')),
  ];
}

function productStory(id: string): Told[] {
  const delisted = { productId: id, merchantId: 'org_1', reason: 'x', delistedAt: day(2).toISOString() };
  return [
    () => contracts.publish(ProductListedV1, listing(id, 'org_1', day(1))),
    () => contracts.publish(ProductDelistedV1, delisted),
  ];
}

async function row(table: string, id: string): Promise<unknown> {
  const { rows } = await contracts.service.database.withClient((client) =>
    client.query<object>(`SELECT * FROM ${table} WHERE id = $1`, [id]),
  );
  return rows[0];
}

async function tell(story: readonly (Told | undefined)[]): Promise<void> {
  for (const told of story) await told?.();
  await contracts.arrived();
}

describe('the directory under duplicated and reordered events', () => {
  it.each([
    ['in order', [0, 1, 2, 3]],
    ['backwards', [3, 2, 1, 0]],
    ['each twice', [0, 0, 1, 1, 2, 2, 3, 3]],
    ['the suspension first and last', [2, 3, 0, 1, 2]],
    ['the story told again from its beginning', [0, 1, 2, 3, 0, 1, 2]],
  ])('knows the same organisation: %s', async (_how, order) => {
    const id = newId('org');
    const story = partyStory(id);
    await tell(order.map((index) => story[index]));
    expect(await row('directory_parties', id)).toEqual({
      id,
      standing: 'approved',
      standing_at: day(4),
      name: named(id),
      jurisdiction: 'SG',
      roles: ['buyer', 'merchant'],
      profile_as_of: day(4),
    });
  });

  it.each([
    ['in order', [0, 1]],
    ['backwards', [1, 0]],
    ['again and again', [1, 0, 1, 0, 0]],
  ])('knows the same product: %s', async (_how, order) => {
    const id = newId('prd');
    const story = productStory(id);
    await tell(order.map((index) => story[index]));
    expect(await row('directory_products', id)).toEqual({
      id,
      merchant_id: 'org_1',
      listed: false,
      changed_at: day(2),
      name: named(id),
      kind: 'api',
      version: 3,
      listing_as_of: day(1),
    });
  });

  it('takes in many facts told at once', async () => {
    const id = newId('org');
    await Promise.all(Array.from({ length: 5 }, () => partyStory(id)).flatMap((story) => story.map((told) => told())));
    await contracts.arrived();
    expect(await row('directory_parties', id)).toMatchObject({ standing: 'approved', roles: ['buyer', 'merchant'] });
  });
});

describe('an offer made before the listing has arrived', () => {
  it('is told that the product is not known yet, and succeeds when it is sent again', async () => {
    const [merchantId, productId] = [newId('org'), newId('prd')];
    const merchant: TestCaller = { personas: ['merchant'], organisationId: merchantId };
    const headers = { 'idempotency-key': newId('key') };
    const offer = () => contracts.send(merchant, 'POST', '/v1/offers', { json: offerBody(productId), headers });

    const stranger = await offer();
    expect([stranger.status, stranger.body.code]).toEqual([409, 'PARTY_NOT_KNOWN_YET']);
    await contracts.publish(ParticipantApprovedV1, approval(merchantId, ['merchant'], day(1)));
    await contracts.arrived();

    const early = await offer();
    expect([early.status, early.body.code, early.body.meta]).toEqual([
      409,
      'PRODUCT_NOT_KNOWN_YET',
      { retryable: true },
    ]);
    expect(early.body.fix).toContain('again');

    await contracts.publish(ProductListedV1, listing(productId, merchantId, day(2)));
    const retried = await eventually(async () => {
      const answer = await offer();
      expect(answer.status).toBe(201);
      return answer;
    });
    expect(retried.body).toMatchObject({ product_id: productId, product_version: 3 });
  });

  it('is refused for good when the product was delisted or its merchant suspended', async () => {
    const [merchantId, productId] = [newId('org'), newId('prd')];
    const merchant: TestCaller = { personas: ['merchant'], organisationId: merchantId };
    const offer = () => contracts.send(merchant, 'POST', '/v1/offers', { json: offerBody(productId) });
    const delisted = { productId, merchantId, reason: 'x', delistedAt: day(3).toISOString() };
    await tell([
      () => contracts.publish(ParticipantApprovedV1, approval(merchantId, ['merchant'], day(1))),
      () => contracts.publish(ProductListedV1, listing(productId, merchantId, day(2))),
      () => contracts.publish(ProductDelistedV1, delisted),
    ]);
    expect((await offer()).body.code).toBe('PRODUCT_NOT_ON_SALE');
    await tell([
      () =>
        contracts.publish(ParticipantSuspendedV1, {
          participantId: merchantId,
          reason: 'x',
          suspendedAt: day(4).toISOString(),
        }),
    ]);
    expect([(await offer()).status, (await offer()).body.code]).toEqual([403, 'PARTY_NOT_APPROVED']);
  });
});
