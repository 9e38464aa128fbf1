import { beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@hetao/kernel';
import { exportJWK, FlattenedSign, flattenedVerify, generateKeyPair, importJWK } from 'jose';
import { toBase64url } from './base64url.js';
import { signAgreementDocument, verifyAgreementSignature, type SigningKeyRecord } from './agreement-signature.js';
import { readDetached, signDetached } from './detached-jws.js';
import { proveKey, verifyKeyProof } from './key-proof.js';
import { algorithmOf, publicPartOf, readSigningJwk, thumbprintOf, type SigningPrivateJwk } from './signing-jwk.js';

const document = { type: 'hetao.agreement.v3', agreement_id: 'agr_1', words: '數據“licence”' };
const now = new Date('2026-06-01T12:00:00Z');
let ed: SigningPrivateJwk;
let ec: SigningPrivateJwk;
let stranger: SigningPrivateJwk;

async function newKey(alg: 'Ed25519' | 'ES256'): Promise<SigningPrivateJwk> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return (await exportJWK(privateKey)) as SigningPrivateJwk;
}
beforeAll(async () => {
  [ed, ec, stranger] = [await newKey('Ed25519'), await newKey('ES256'), await newKey('Ed25519')];
});
const open = publicPartOf;
const record = (key: SigningPrivateJwk, change: Partial<SigningKeyRecord> = {}): SigningKeyRecord => ({
  kid: thumbprintOf(key),
  organisation_id: 'org_1',
  algorithm: algorithmOf(key),
  jwk: open(key),
  valid_from: '2026-01-01T00:00:00Z',
  valid_until: '2027-01-01T00:00:00Z',
  revoked_at: null,
  ...change,
});
const verdict = async (jws: string, keys: readonly SigningKeyRecord[], about: typeof document = document, at = now) => {
  const verified = await verifyAgreementSignature(jws, about, { keys, receivedAt: at });
  return verified.ok ? 'ok' : verified.error.code;
};

describe('a signature over an agreement', () => {
  it('verifies with its own key, of either kind, and leaves the content out', async () => {
    for (const key of [ed, ec]) {
      const jws = await signAgreementDocument(document, key, now);
      expect(jws.split('.')[1]).toBe('');
      expect(await verdict(jws, [record(stranger), record(key)])).toBe('ok');
    }
  });

  it('is what another implementation of RFC 7515 and RFC 7797 makes and verifies', async () => {
    for (const [key, alg] of [
      [ed, 'Ed25519'],
      [ed, 'EdDSA'],
      [ec, 'ES256'],
    ] as const) {
      const { header } = read(await signAgreementDocument(document, key, now));
      const payload = new TextEncoder().encode(canonicalJson(document));
      const theirs = await new FlattenedSign(payload)
        .setProtectedHeader({ ...header, alg, b64: false, crit: ['b64'] })
        .sign(await importJWK(key, alg));
      expect(await verdict(`${theirs.protected}..${theirs.signature}`, [record(key)])).toBe('ok');
      if (alg === 'EdDSA') continue;
      const [head = '', , signature = ''] = (await signAgreementDocument(document, key, now)).split('.');
      const ours = { protected: head, payload, signature };
      await expect(flattenedVerify(ours, await importJWK(open(key), alg))).resolves.toBeDefined();
    }
  });

  it('is refused when it was made for another agreement, another document, or over a changed one', async () => {
    const jws = await signAgreementDocument(document, ed, now);
    expect(await verdict(jws, [record(ed)], { ...document, agreement_id: 'agr_2' })).toBe('SIGNATURE_REPLAYED');
    expect(await verdict(jws, [record(ed)], { ...document, words: 'x' })).toBe('SIGNATURE_REPLAYED');
    const claims = { typ: 'hetao-agreement+jws', agreement_id: 'agr_1', iat: now.getTime() / 1000 };
    const { document_hash } = read(jws).header as unknown as { document_hash: string };
    const other = await signDetached('another content', ed, { ...claims, document_hash });
    expect(await verdict(other, [record(ed)])).toBe('SIGNATURE_FORGED');
  });

  it('is refused with a wrong key, whatever name it goes by', async () => {
    const jws = await signAgreementDocument(document, stranger, now);
    expect(await verdict(jws, [record(ed)])).toBe('SIGNATURE_KEY_UNKNOWN');
    expect(await verdict(jws, [])).toBe('SIGNATURE_KEY_UNKNOWN');
    const named = await forged(jws, { kid: thumbprintOf(ed) });
    expect(await verdict(named, [record(ed)])).toBe('SIGNATURE_FORGED');
    expect(await verdict(jws, [record(ed, { kid: thumbprintOf(stranger) })])).toBe('SIGNATURE_KEY_UNKNOWN');
  });

  it('is refused with a key revoked, not begun or expired, to the second', async () => {
    const jws = await signAgreementDocument(document, ed, now);
    const at = now.toISOString();
    const later = new Date(now.getTime() + 1).toISOString();
    expect(await verdict(jws, [record(ed, { revoked_at: at })])).toBe('SIGNATURE_KEY_REVOKED');
    expect(await verdict(jws, [record(ed, { revoked_at: later })])).toBe('ok');
    expect(await verdict(jws, [record(ed, { valid_until: at })])).toBe('SIGNATURE_KEY_NOT_IN_FORCE');
    expect(await verdict(jws, [record(ed, { valid_from: later })])).toBe('SIGNATURE_KEY_NOT_IN_FORCE');
  });

  it('is refused when it is older or newer than it came', async () => {
    const jws = await signAgreementDocument(document, ed, now);
    const after = (seconds: number) => verdict(jws, [record(ed)], document, new Date(now.getTime() + seconds * 1000));
    expect([await after(300), await after(301), await after(-301)]).toEqual([
      'ok',
      'SIGNATURE_STALE',
      'SIGNATURE_STALE',
    ]);
  });

  it.each(['none', 'HS256', 'RS256', 'ES384', 'ed25519', ''])('is refused with the algorithm "%s"', async (alg) => {
    const jws = await signAgreementDocument(document, ed, now);
    expect(await verdict(await forged(jws, { alg }), [record(ed)])).toBe('SIGNATURE_ALGORITHM_REFUSED');
  });

  it('is refused with the algorithm of another kind of key', async () => {
    const jws = await forged(await signAgreementDocument(document, ed, now), { alg: 'ES256' });
    expect(await verdict(jws, [record(ed)])).toBe('SIGNATURE_ALGORITHM_REFUSED');
  });

  it.each([
    ['content inside', (head: string, sig: string) => `${head}.e30.${sig}`],
    ['two parts', (head: string, sig: string) => `${head}.${sig}`],
    ['four parts', (head: string, sig: string) => `${head}..${sig}.`],
    ['a short signature', (head: string, sig: string) => `${head}..${sig.slice(0, -2)}`],
    ['padding', (head: string, sig: string) => `${head}..${sig}==`],
    ['another spelling of the last digit', (head: string, sig: string) => `${head}..${sig.slice(0, -1)}B`],
    ['no header', (_: string, sig: string) => `..${sig}`],
    ['a header that is no object', (_: string, sig: string) => `W10..${sig}`],
    ['a header that is no JSON', (_: string, sig: string) => `AAAA..${sig}`],
    ['nothing', () => ''],
    ['too much', () => 'x'.repeat(5_000)],
  ])('is refused with %s', async (_, change) => {
    const [head = '', , signature = ''] = (await signAgreementDocument(document, ed, now)).split('.');
    expect(await verdict(change(head, signature), [record(ed)])).toBe('SIGNATURE_MALFORMED');
  });

  it.each([
    { b64: true },
    { b64: undefined },
    { crit: undefined },
    { crit: ['b64', 'exp'] },
    { crit: [] },
    { jwk: { kty: 'OKP' } },
    { x5u: 'https://example.org' },
    { typ: 'JWT' },
    { typ: undefined },
    { kid: 7 },
    { alg: undefined },
    { iat: undefined },
    { iat: 1.5 },
    { iat: -1 },
    { agreement_id: undefined },
    { document_hash: 7 },
  ])('is refused with the header %j', async (change) => {
    const jws = await forged(await signAgreementDocument(document, ed, now), change);
    expect(await verdict(jws, [record(ed)])).toBe('SIGNATURE_MALFORMED');
  });
});

describe('the proof that one holds a key', () => {
  it('holds for its challenge and key alone', async () => {
    const proof = await proveKey('challenge', ed);
    const of = async (jws: string, challenge: string, key: SigningPrivateJwk) => {
      const verified = await verifyKeyProof(jws, challenge, open(key));
      return verified.ok ? 'ok' : verified.error.code;
    };
    expect(await of(proof, 'challenge', ed)).toBe('ok');
    expect(await of(proof, 'another', ed)).toBe('SIGNATURE_FORGED');
    expect(await of(proof, 'challenge', stranger)).toBe('SIGNATURE_KEY_UNKNOWN');
    expect(await of(await signAgreementDocument(document, ed, now), canonicalJson(document), ed)).toBe(
      'SIGNATURE_MALFORMED',
    );
    expect(await verdict(proof, [record(ed)])).toBe('SIGNATURE_MALFORMED');
    expect(await of('x', 'challenge', ed)).toBe('SIGNATURE_MALFORMED');
  });
});

describe('a public key', () => {
  it('has the name RFC 7638 gives it', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    // RFC 8037 appendix A.3.
    expect(thumbprintOf({ kty: 'OKP', crv: 'Ed25519', x })).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });

  it('is read for what it is and nothing more', async () => {
    for (const key of [ed, ec]) expect(await readSigningJwk(open(key))).toEqual({ ok: true, value: open(key) });
    const { x } = open(ed);
    const y = 'A'.repeat(43);
    for (const bad of [
      null,
      'key',
      {},
      ed,
      { ...open(ed), use: 'sig' },
      { ...open(ed), x: `${x}=` },
      { ...open(ed), x: x.slice(1) },
      { ...open(ed), crv: 'X25519' },
      { ...open(ec), crv: 'P-384' },
      { ...open(ec), y },
      { kty: 'oct', k: x },
      { kty: 'RSA', n: x, e: 'AQAB' },
    ]) {
      expect(await readSigningJwk(bad)).toMatchObject({ error: { code: 'SIGNING_JWK_INVALID' } });
    }
  });
});

function read(jws: string) {
  const parts = readDetached(jws);
  if (!parts.ok) throw new Error(parts.error.detail);
  return parts.value;
}

/** The signature of one header under another. */
async function forged(jws: string, change: object): Promise<string> {
  const { header } = read(jws);
  const head = toBase64url(new TextEncoder().encode(JSON.stringify({ ...header, ...change })));
  return `${head}..${jws.split('.')[2]}`;
}
