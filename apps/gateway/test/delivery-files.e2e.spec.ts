import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeliveryManifestIssuedV1, EntitlementGrantedV1, ProductListedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { startGateway, type TestGateway } from './gateway.js';
import { serveFiles, type FileServer } from './file-server.js';

interface Manifest {
  readonly id: string;
  readonly agreement_id: string;
  readonly recipient_id: string;
  readonly size: number;
  readonly sha256: string;
  readonly piece_length: number;
  readonly pieces: readonly string[];
  readonly etag: string;
  readonly jws: string;
}

const [merchantId, buyerId] = ['par_lingnan', 'par_hkhealth'];
const FILE_BYTES = 2_500_000;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let gateway: TestGateway;
let files: FileServer;
beforeAll(async () => {
  files = await serveFiles(FILE_BYTES);
  gateway = await startGateway({ env: { DELIVERY_PRIVATE_UPSTREAMS: '1' } });
});
afterAll(async () => {
  await gateway.stop();
  await files.stop();
});

async function licensed(): Promise<string> {
  const [productId, agreementId] = [newId('prd'), newId('agr')];
  const [from, until] = [-1, 1].map((days) => new Date(Date.now() + days * 86_400_000).toISOString()) as [
    string,
    string,
  ];
  const name = { en: 'Formulas', 'zh-Hans': '经典名方', 'zh-Hant': '經典名方' };
  const listing = { productId, merchantId, name, kind: 'dataset', version: 1 } as const;
  await gateway.elsewhere.publish(ProductListedV1, { ...listing, listedAt: from });
  await gateway.elsewhere.publish(EntitlementGrantedV1, {
    ...{ entitlementId: newId('ent'), agreementId, productId, merchantId, buyerId, meters: ['calls', 'bytes'] },
    ...{ quota: null, purposes: ['research'], validFrom: from, validUntil: until, grantedAt: from },
  });
  await gateway.elsewhere.arrived();
  const endpoint = { url: files.url, secret: null };
  const connected = await send('PUT', `/v1/delivery-endpoints/${productId}`, endpoint, 'merchant');
  expect(connected.status).toBe(200);
  return agreementId;
}

const send = (method: string, path: string, body: object, as: 'buyer' | 'merchant' = 'buyer') =>
  gateway.call(path, { as, method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const ask = (agreementId: string, path = '/file') =>
  send('POST', '/v1/delivery-manifests', { agreement_id: agreementId, path });
const manifestOf = async (agreementId: string) => (await (await ask(agreementId)).json()) as Manifest;
const read = async <T>(path: string, as: 'buyer' | 'merchant' | 'auditor' = 'buyer') =>
  (await (await gateway.call(path, { as })).json()) as T;
const fetchRange = (agreementId: string, range: string, etag: string) =>
  gateway.call(`/v1/deliveries/${agreementId}/file`, { as: 'buyer', headers: { range, 'if-range': etag } });

describe('A licensed file', () => {
  it('is fetched by ranges, each of which its manifest vouches for', async () => {
    const agreementId = await licensed();
    const manifest = await manifestOf(agreementId);
    expect(manifest).toMatchObject({ agreement_id: agreementId, recipient_id: buyerId, size: FILE_BYTES });
    expect(manifest.pieces).toHaveLength(3);
    const parts: Buffer[] = [];
    for (const [index, piece] of manifest.pieces.entries()) {
      const from = index * manifest.piece_length;
      const to = Math.min(from + manifest.piece_length, manifest.size) - 1;
      const answer = await fetchRange(agreementId, `bytes=${from}-${to}`, manifest.etag);
      expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes ${from}-${to}/${FILE_BYTES}`]);
      expect(answer.headers.get('etag')).toBe(manifest.etag);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(sha256(bytes)).toBe(piece);
      parts.push(bytes);
    }
    expect(sha256(Buffer.concat(parts))).toBe(manifest.sha256);
  });

  it('that changed between two ranges comes whole, and has another manifest; one that did not has the same', async () => {
    const agreementId = await licensed();
    const before = await manifestOf(agreementId);
    expect((await manifestOf(agreementId)).id).toBe(before.id);
    files.change();
    const answer = await fetchRange(agreementId, 'bytes=0-9', before.etag);
    expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, FILE_BYTES]);
    const after = await manifestOf(agreementId);
    expect([after.id, after.etag, after.sha256]).not.toEqual([before.id, before.etag, before.sha256]);
  });

  it('leads, where a copy of it turns up, to whom it was given: signed, and told to the log', async () => {
    const [one, other] = [await manifestOf(await licensed()), await manifestOf(await licensed())];
    expect(one.sha256).not.toBe(other.sha256);
    const leaked = await gateway.call(`/v1/deliveries/${one.agreement_id}/file`, { as: 'buyer' });
    const hash = sha256(new Uint8Array(await leaked.arrayBuffer()));
    const found = await read<{ data: Manifest[] }>(`/v1/delivery-manifests?sha256=${hash}`, 'merchant');
    expect(found.data.map(({ id }) => id)).toEqual([one.id]);
    const keys = createLocalJWKSet(await read<JSONWebKeySet>('/v1/delivery-keys'));
    const { payload } = await jwtVerify(found.data[0]?.jws ?? '', keys, {
      algorithms: ['EdDSA'],
      typ: 'hetao-manifest+jwt',
      issuer: gateway.url,
    });
    expect(payload).toMatchObject({ sub: buyerId, jti: one.id, agreement: one.agreement_id });
    expect(payload['file']).toMatchObject({ size: FILE_BYTES, 'sha-256': hash, pieces: one.pieces });
    expect(await read(`/v1/delivery-manifests/${one.id}`, 'auditor')).toEqual(one);
    const told = await gateway.service.database.withClient((client) =>
      client.query<{ data: { fileHash: string } }>('SELECT data FROM outbox WHERE type = $1 AND key = $2', [
        DeliveryManifestIssuedV1.type,
        one.id,
      ]),
    );
    expect(told.rows.map(({ data }) => data.fileHash)).toEqual([hash]);
  });

  it('has no manifest where it cannot be read, and none for whom it is not licensed to; nothing is counted as given', async () => {
    const agreementId = await licensed();
    const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
    expect(await codeOf(await ask(agreementId, '/gone'))).toEqual([503, 'MANIFEST_FILE_UNREADABLE']);
    expect(await codeOf(await ask(agreementId, '/a/../file'))).toEqual([400, 'REQUEST_TARGET_INVALID']);
    expect(await codeOf(await ask(newId('agr')))).toEqual([404, 'DELIVERY_AGREEMENT_UNKNOWN']);
    expect(await codeOf(await gateway.call(`/v1/delivery-manifests/${newId('dmf')}`, { as: 'buyer' }))).toEqual([
      404,
      'MANIFEST_NOT_FOUND',
    ]);
    const { data } = await read<{ data: { state: string; bytes_out: string; code: string | null }[] }>(
      `/v1/delivery-calls?agreement_id=${agreementId}`,
    );
    expect(data).toMatchObject([{ state: 'failed', bytes_out: '0', code: 'MANIFEST_FILE_UNREADABLE' }]);
  });
});
