import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type EntitlementGrantedV1,
  ReleaseIssuedV1,
  ReleaseResumedV1,
  ReleaseRevokedV1,
  ReleaseSuspendedV1,
} from '@hetao/events';
import { deterministicId } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import { batch, buyer, merchant, operator, shuffled, startWorld, usage, type World } from './metering-world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld('2016-01-02T00:00:00Z');
});
afterAll(() => world.stop());

const person = (name: string) => createHash('sha256').update(`salt ${name}`).digest('hex');
const delivers = (agreementId: string, id: string, persons: unknown, time = '2015-06-01T00:00:00Z') =>
  usage(agreementId, id, { time, data: { meters: { calls: '1' }, persons } });
const send = async (...events: readonly unknown[]) => {
  const { body } = await world.call(merchant, 'POST', '/v1/usage/events', batch(events));
  return (body['items'] as { status: string; code?: string; detail?: string }[]).map(
    (item) => item.code ?? item.status,
  );
};
const count = async (year: number, caller = merchant) =>
  world.call(caller, 'GET', `/v1/usage/persons?year=${year}&exporter_id=org_merchant`);

/** A release for the agreement, and metering has heard of it. */
async function release({ agreementId, productId }: EntitlementGrantedV1, validUntil = '2016-06-01T00:00:00Z') {
  const releaseId = deterministicId('rel', agreementId, validUntil);
  await world.state(ReleaseIssuedV1, {
    releaseId,
    declarationId: deterministicId('dcl', releaseId),
    exporterId: 'org_merchant',
    recipientId: 'org_buyer',
    productId,
    agreementId,
    pathway: 'standard-contract',
    ruleId: 'r1',
    ruleSetId: 's1',
    ruleSetVersion: '1',
    factsSha256: person('facts'),
    officialReference: 'SZ-2015-1',
    scope: { purpose: 'research', fields: ['path'], destination: 'HK', onward: false },
    quota: { general: 100, sensitive: 100 },
    validFrom: '2015-05-01T00:00:00Z',
    validUntil,
    token: 'a.b.c',
    issuedAt: '2015-05-01T00:00:00Z',
  });
  await stands(releaseId, 'active');
  return { releaseId, declarationId: deterministicId('dcl', releaseId) };
}
const stands = (releaseId: string, status: string) =>
  eventually(async () => {
    expect(await world.rows('SELECT status FROM known_releases WHERE release_id = $1', [releaseId])).toEqual([
      { status },
    ]);
  });

describe('persons whose data left', () => {
  it('are counted once an exporter and mainland year, and customs is told of each once an agreement', async () => {
    const [first, second] = [await world.grant(), await world.grant()];
    await release(first);
    await release(second);
    const [a, b, c] = [person('a'), person('b'), person('c')];
    expect(
      await send(
        delivers(first.agreementId, 'e1', { general: [a, b], sensitive: [c] }),
        delivers(first.agreementId, 'e2', { general: [b] }),
        delivers(second.agreementId, 'e3', { general: [a], sensitive: [a] }),
        // In Beijing it is 2016 already.
        delivers(first.agreementId, 'e4', { general: [a] }, '2015-12-31T16:00:00Z'),
        usage(first.agreementId, 'e5'),
      ),
    ).toEqual(Array.from({ length: 5 }, () => 'accepted'));
    expect(await send(delivers(second.agreementId, 'e6', { general: [a, b], sensitive: [c] }))).toEqual(['accepted']);
    expect((await count(2015)).body).toMatchObject({
      exporter_id: 'org_merchant',
      year: 2015,
      general: 2,
      sensitive: 2,
    });
    expect((await count(2016)).body).toMatchObject({ general: 1, sensitive: 0 });
    expect((await count(2017)).body).toMatchObject({ general: 0, sensitive: 0, counted_at: null });
    await eventually(() => {
      const told = world.published.persons.map(({ agreementId, year, general, sensitive }) => [
        agreementId,
        year,
        general.toSorted(),
        sensitive,
      ]);
      expect(told.toSorted()).toEqual(
        [
          [first.agreementId, 2015, [a, b].sort(), [c]],
          [first.agreementId, 2016, [a], []],
          [second.agreementId, 2015, [a], [a]],
          // Known of the exporter, and new under this release: it counts its own persons down.
          [second.agreementId, 2015, [b], [c]],
        ].toSorted(),
      );
    });
    expect(world.published.persons[0]).toMatchObject({ merchantId: 'org_merchant', buyerId: 'org_buyer' });
  });

  it('stay the same number when a request is repeated and when many arrive at once', async () => {
    const granted = await world.grant({ validFrom: '2013-01-01T00:00:00Z' });
    await release(granted);
    const names = Array.from({ length: 40 }, (_, at) => person(`many ${at}`));
    const chosen = (at: number) => shuffled(names, at).slice(0, 20);
    const events = Array.from({ length: 24 }, (_, at) =>
      delivers(granted.agreementId, `m${at}`, { general: chosen(at) }, '2016-01-01T12:00:00Z'),
    );
    const before = (await count(2016)).body['general'] as number;
    await Promise.all([...events, ...events].map((event) => send(event)));
    const named = new Set(events.flatMap((_, at) => chosen(at)));
    expect((await count(2016)).body['general']).toBe(before + named.size);
  });

  it('may be a thousand of each kind in one event', async () => {
    const granted = await world.grant({ merchantId: 'org_merchant' });
    await release(granted);
    const many = (kind: string) => Array.from({ length: 1_000 }, (_, at) => person(`${kind} ${at}`));
    const persons = { general: many('general'), sensitive: many('sensitive') };
    const before = (await count(2015)).body as { general: number; sensitive: number };
    expect(await send(delivers(granted.agreementId, 'most', persons))).toEqual(['accepted']);
    expect((await count(2015)).body).toMatchObject({
      general: before.general + 1_000,
      sensitive: before.sensitive + 1_000,
    });
  });

  it('are not counted where no border is crossed, or the event is not counted', async () => {
    const local = await world.grant();
    const before = (await count(2015)).body;
    expect(await send(delivers(local.agreementId, 'l1', { general: [person('local')] }))).toEqual(['accepted']);
    const granted = await world.grant();
    await release(granted);
    expect(await send(delivers(granted.agreementId, 'l2', { general: ['Zhang San'] }))).toEqual([
      'USAGE_PERSONS_INVALID',
    ]);
    expect(
      await send(delivers(granted.agreementId, 'l3', { general: [person('late')] }, '2012-01-01T00:00:00Z')),
    ).toEqual(['USAGE_BEFORE_ENTITLEMENT']);
    expect((await count(2015)).body).toEqual(before);
  });

  it('are shown to the exporter and to whoever sees all, to nobody else', async () => {
    expect((await count(2015, operator)).status).toBe(200);
    expect((await count(2015, buyer)).status).toBe(403);
    const stranger = { personas: ['merchant'] as const, organisationId: 'org_stranger' };
    expect((await count(2015, { ...stranger })).status).toBe(404);
    expect((await world.call(merchant, 'GET', '/v1/usage/persons?year=two')).status).toBe(422);
  });
});

describe('usage whose data crosses a border', () => {
  it('is refused from a suspension on, within a second, taken again from the resumption on, and not after a revocation', async () => {
    const granted = await world.grant();
    const ids = await release(granted);
    let number = 0;
    const next = (day = 17) =>
      send(usage(granted.agreementId, `s${(number += 1)}`, { time: `2015-05-${day}T10:00:00Z` }));
    expect(await next()).toEqual(['accepted']);
    await world.state(ReleaseSuspendedV1, {
      ...ids,
      reason: 'The recipient moved.',
      suspendedAt: '2015-05-15T00:00:00Z',
    });
    await stands(ids.releaseId, 'suspended');
    await eventually(async () => expect(await next()).toEqual(['RELEASE_NOT_IN_FORCE']), { withinMs: 1_000 });
    const refused = await world.call(merchant, 'POST', '/v1/usage/events', batch([usage(granted.agreementId, 'why')]));
    expect((refused.body['items'] as { detail: string }[])[0]?.detail).toContain('The recipient moved.');
    // What was delivered before is owed, however late it is reported.
    expect(await next(14)).toEqual(['accepted']);
    await world.state(ReleaseResumedV1, { ...ids, reason: 'It is settled.', resumedAt: '2015-05-16T00:00:00Z' });
    await stands(ids.releaseId, 'active');
    await eventually(async () => expect(await next()).toEqual(['accepted']), { withinMs: 1_000 });
    expect(await next(15)).toEqual(['RELEASE_NOT_IN_FORCE']);
    await world.state(ReleaseRevokedV1, {
      ...ids,
      reason: 'The exporter withdrew.',
      revokedAt: '2015-05-17T00:00:00Z',
    });
    await stands(ids.releaseId, 'revoked');
    await eventually(async () => expect(await next()).toEqual(['RELEASE_NOT_IN_FORCE']), { withinMs: 1_000 });
    expect([await next(16), await next(15), await next(14)]).toEqual([
      ['accepted'],
      ['RELEASE_NOT_IN_FORCE'],
      ['accepted'],
    ]);
  });

  it('is judged by the time of the use', async () => {
    const granted = await world.grant();
    await release(granted, '2015-07-01T00:00:00Z');
    expect(
      await send(
        usage(granted.agreementId, 't1', { time: '2015-06-30T23:59:59.999Z' }),
        usage(granted.agreementId, 't2', { time: '2015-07-01T00:00:00Z' }),
      ),
    ).toEqual(['accepted', 'RELEASE_NOT_IN_FORCE']);
  });
});
