import { createPrivateKey, createPublicKey, sign as nodeSign, verify as nodeVerify } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { documentHash } from './hash.js';
import { generateSigningKey, signDocumentHash, verifyDocumentHash, type PrivateKeyJwk } from './signature.js';

/** RFC 8037 appendix A.1. */
const rfc8037: PrivateKeyJwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};
const hash = documentHash({ agreement: 'agr_1' });
const signedBytes = (of: string): Buffer => Buffer.from(`hetao:document:sha256:${of}`);

describe('signatures over a document hash', () => {
  let signature = '';
  beforeAll(async () => {
    signature = await signDocumentHash(hash, rfc8037);
  });

  it('are the Ed25519 signatures another implementation makes and accepts', () => {
    const key = createPrivateKey({ key: { ...rfc8037 }, format: 'jwk' });
    expect(signature).toBe(nodeSign(null, signedBytes(hash), key).toString('base64url'));
    expect(nodeVerify(null, signedBytes(hash), createPublicKey(key), Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('verify with the public key, for this document and this key only', async () => {
    const other = await generateSigningKey();
    expect(await verifyDocumentHash(hash, signature, rfc8037)).toBe(true);
    expect(await verifyDocumentHash(documentHash({ agreement: 'agr_2' }), signature, rfc8037)).toBe(false);
    expect(await verifyDocumentHash(hash, signature, other.publicKey)).toBe(false);
    expect(await verifyDocumentHash(hash, await signDocumentHash(hash, other.privateKey), other.publicKey)).toBe(true);
  });

  it('are not signatures over the bare hash, so one made elsewhere cannot be passed off', async () => {
    const key = createPrivateKey({ key: { ...rfc8037 }, format: 'jwk' });
    const bare = nodeSign(null, Buffer.from(hash), key).toString('base64url');
    expect(await verifyDocumentHash(hash, bare, rfc8037)).toBe(false);
  });

  it('give no private part away with the public key', async () => {
    expect(Object.keys((await generateSigningKey()).publicKey).sort()).toEqual(['crv', 'kty', 'x']);
  });

  it('have one text each: every other is false', async () => {
    const wrong = [
      '',
      'no signature',
      `${signature}=`,
      `${signature} `,
      signature.slice(0, -1),
      `${signature.slice(0, -1)}${signature.endsWith('Q') ? 'g' : 'Q'}`,
      `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      // The same 64 bytes with a stray bit in the padding: lenient decoders read it as the signature itself.
      `${signature.slice(0, -1)}${String.fromCharCode((signature.at(-1) ?? '').charCodeAt(0) + 1)}`,
    ];
    for (const text of wrong) expect([text, await verifyDocumentHash(hash, text, rfc8037)]).toEqual([text, false]);
  });

  it.each(['', 'abc', hash.toUpperCase(), `${hash}0`])('refuse "%s", which is no document hash', async (bad) => {
    await expect(signDocumentHash(bad, rfc8037)).rejects.toThrow('DOCUMENT_HASH_INVALID');
    await expect(verifyDocumentHash(bad, signature, rfc8037)).rejects.toThrow('DOCUMENT_HASH_INVALID');
  });

  it('refuse a broken key, without quoting it', async () => {
    const broken = { ...rfc8037, d: 'c2hvcnQ' };
    await expect(signDocumentHash(hash, broken)).rejects.toThrow(
      'SIGNING_KEY_INVALID: The key cannot be used to sign.',
    );
    await expect(verifyDocumentHash(hash, signature, { ...rfc8037, x: '' })).rejects.toThrow('SIGNING_KEY_INVALID');
  });
});
