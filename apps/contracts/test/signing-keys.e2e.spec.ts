import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { proveKey, publicPartOf, thumbprintOf, type SigningPrivateJwk } from '@hetao/proofs';
import { newId } from '@hetao/kernel';
import type { TestCaller } from '@hetao/testing';
import { keyRing, newSigningKey } from './key-ring.js';
import { auditor, operator } from './market.js';
import { startContracts, type Answer, type RunningContracts } from './running-contracts.js';

let contracts: RunningContracts;
let ring: ReturnType<typeof keyRing>;
let merchant: TestCaller;
let colleague: TestCaller;
let key: SigningPrivateJwk;
beforeAll(async () => {
  contracts = await startContracts();
  ring = keyRing(contracts);
});
afterAll(() => contracts.stop());
beforeEach(async () => {
  merchant = { personas: ['merchant'], organisationId: newId('org'), subject: newId('usr') };
  colleague = { ...merchant, subject: newId('usr') };
  key = await newSigningKey();
});

const said = (answer: Answer) => [answer.status, answer.body.code ?? answer.body.status];
const proofOf = (proposed: Answer, by = key) =>
  proveKey((proposed.body as unknown as { challenge: string }).challenge, by);

describe('a signing key', () => {
  it('is proposed, proven by its holder, confirmed by a second person, revoked by either, and remembers it all', async () => {
    const proposed = await ring.propose(merchant, key);
    expect(proposed.status).toBe(201);
    expect(proposed.headers.get('location')).toBe(`/v1/signing-keys/${proposed.body.id}`);
    expect(proposed.body).toMatchObject({
      kid: thumbprintOf(key),
      algorithm: 'Ed25519',
      status: 'proposed',
      valid_from: null,
    });
    const { id } = proposed.body;
    const proof = await proofOf(proposed);
    expect(said(await ring.prove(merchant, id, proof))).toEqual([200, 'proven']);
    expect(said(await ring.prove(merchant, id, proof))).toEqual([200, 'proven']);
    const confirmed = await ring.confirm(colleague, id);
    expect(confirmed.body).toMatchObject({ status: 'active', valid_from: contracts.clock.now().toISOString() });
    expect(said(await ring.confirm(operator, id))).toEqual([200, 'active']);
    const first = await ring.revoke(colleague, id);
    expect(said(await ring.revoke(merchant, id))).toEqual([200, 'revoked']);
    expect(first.body).toMatchObject({ status: 'revoked', revoked_at: contracts.clock.now().toISOString() });
    const { body } = await contracts.send(auditor, 'GET', `/v1/signing-keys/${id}`);
    expect(body.history.map(({ command, status_to, by }) => [command, status_to, by?.subject])).toEqual([
      ['propose', 'proposed', merchant.subject],
      ['prove', 'proven', merchant.subject],
      ['confirm', 'active', colleague.subject],
      ['revoke', 'revoked', colleague.subject],
    ]);
    expect(said(await ring.confirm(colleague, id))).toEqual([409, 'SIGNING_KEY_TRANSITION_REFUSED']);
  });

  it('is confirmed by nobody who proposed it, and before it was proven by nobody at all', async () => {
    const proposed = await ring.propose(merchant, await newSigningKey('ES256'));
    expect(proposed.body).toMatchObject({ algorithm: 'ES256' });
    expect(said(await ring.confirm(colleague, proposed.body.id))).toEqual([409, 'SIGNING_KEY_TRANSITION_REFUSED']);
    const other = await ring.propose(merchant, key);
    await ring.prove(merchant, other.body.id, await proofOf(other));
    expect(said(await ring.confirm(merchant, other.body.id))).toEqual([403, 'SIGNING_KEY_OWN']);
    const machine: TestCaller = { ...colleague, via: 'api_key', scopes: ['contracts:write'] };
    expect(said(await ring.confirm(machine, other.body.id))).toEqual([403, 'SIGNING_KEY_PERSON_NEEDED']);
    expect(said(await ring.propose(machine, await newSigningKey()))).toEqual([403, 'SIGNING_KEY_PERSON_NEEDED']);
  });

  it('is proven with its own signature over its own challenge, in time', async () => {
    const proposed = await ring.propose(merchant, key);
    const { id } = proposed.body;
    expect(said(await ring.prove(merchant, id, await proveKey('another challenge', key)))).toEqual([
      422,
      'SIGNATURE_FORGED',
    ]);
    const stranger = await newSigningKey();
    expect(said(await ring.prove(merchant, id, await proofOf(proposed, stranger)))).toEqual([
      422,
      'SIGNATURE_KEY_UNKNOWN',
    ]);
    expect(said(await ring.prove(merchant, id, 'x'))).toEqual([422, 'SIGNATURE_MALFORMED']);
    const proof = await proofOf(proposed);
    contracts.clock.advance({ hours: 1 });
    expect(said(await ring.prove(merchant, id, proof))).toEqual([409, 'SIGNING_KEY_CHALLENGE_OVER']);
  });

  it('belongs to whoever shows first that he holds it, and to nobody else ever', async () => {
    const rival: TestCaller = { ...merchant, organisationId: newId('org'), subject: newId('usr') };
    const [mine, his] = [await ring.propose(merchant, key), await ring.propose(rival, key)];
    expect([mine.status, his.status]).toEqual([201, 201]);
    const answers = await Promise.all([
      ring.prove(merchant, mine.body.id, await proofOf(mine)),
      ring.prove(rival, his.body.id, await proofOf(his)),
    ]);
    expect(answers.map(said)).toEqual(
      expect.arrayContaining([
        [200, 'proven'],
        [409, 'SIGNING_KEY_TAKEN'],
      ]),
    );
    const winner =
      answers[0]?.status === 200 ? { caller: merchant, id: mine.body.id } : { caller: rival, id: his.body.id };
    await ring.revoke(winner.caller, winner.id);
    expect(said(await ring.propose(colleague, key))).toEqual([409, 'SIGNING_KEY_TAKEN']);
  });

  it.each([
    ['its private part', (jwk: object) => ({ jwk: { ...jwk, d: 'AAAA' } }), 'SIGNING_JWK_INVALID'],
    ['another curve', () => ({ jwk: { kty: 'EC', crv: 'secp256k1', x: 'AA', y: 'AA' } }), 'SIGNING_JWK_INVALID'],
    ['an end that is past', () => ({ valid_until: '2026-03-01T00:00:00Z' }), 'SIGNING_KEY_VALIDITY_INVALID'],
    ['an end too far away', () => ({ valid_until: '2036-03-01T00:00:00Z' }), 'SIGNING_KEY_VALIDITY_INVALID'],
    ['no label', () => ({ label: '' }), 'VALIDATION_FAILED'],
  ])('is refused with %s', async (_, change, code) => {
    expect(said(await ring.propose(merchant, key, change(publicPartOf(key))))).toEqual([422, code]);
  });

  it('is one of at most twenty, revoked ones not counted', async () => {
    const made: Answer[] = [];
    for (let number = 0; number < 20; number += 1) made.push(await ring.propose(merchant, await newSigningKey()));
    expect(said(await ring.propose(merchant, key))).toEqual([409, 'SIGNING_KEYS_TOO_MANY']);
    await ring.revoke(merchant, made[0]?.body.id ?? '');
    expect((await ring.propose(merchant, key)).status).toBe(201);
    const page = await contracts.send(merchant, 'GET', '/v1/signing-keys?status=proposed&limit=15');
    const next = await contracts.send(
      merchant,
      'GET',
      `/v1/signing-keys?status=proposed&limit=15&cursor=${page.body.next_cursor}`,
    );
    expect([page.body.data.length, next.body.data.length]).toEqual([15, 5]);
  });

  it('is seen and touched by its own organisation and the exchange alone', async () => {
    const { id } = (await ring.propose(merchant, key)).body;
    const rival: TestCaller = { ...merchant, organisationId: newId('org') };
    for (const attempt of [
      contracts.send(rival, 'GET', `/v1/signing-keys/${id}`),
      ring.prove(rival, id, 'x'),
      ring.confirm(rival, id),
      ring.revoke(rival, id),
      ring.prove({ ...operator, personas: ['operator', 'buyer'] }, id, 'x'),
    ]) {
      expect(said(await attempt)).toEqual([404, 'SIGNING_KEY_UNKNOWN']);
    }
    const listed = async (as: TestCaller) =>
      (await contracts.send(as, 'GET', `/v1/signing-keys?kid=${thumbprintOf(key)}`)).body.data.length;
    expect([await listed(rival), await listed(merchant), await listed(operator), await listed(auditor)]).toEqual([
      0, 1, 1, 1,
    ]);
    expect((await ring.confirm(auditor, id)).status).toBe(403);
  });

  it('has a history nobody rewrites', async () => {
    const { id } = (await ring.propose(merchant, key)).body;
    const rewrite = contracts.service.database.withClient((client) =>
      client.query(`UPDATE signing_key_steps SET by_subject = 'usr_x' WHERE key_id = $1`, [id]),
    );
    await expect(rewrite).rejects.toThrow('never edited');
  });
});
