import { beforeAll, describe, expect, it } from '@jest/globals';
import { documentHash } from '../hash.js';
import { generateSigningKey } from '../signature.js';
import { verifyAgreementBundle, type AgreementBundle, type BundleTrust } from './agreement-bundle.js';
import { signAgreementDocument, type SigningKeyRecord } from './agreement-signature.js';
import { publicPartOf, thumbprintOf, type SigningPrivateJwk } from './signing-jwk.js';

const document = {
  type: 'hetao.agreement.v3',
  agreement_id: 'agr_1',
  request_id: 'req_1',
  offer_id: 'off_1',
  product: { id: 'prd_1', version: 3, schema_hash: 'a'.repeat(64) },
  parties: { merchant: { id: 'org_m', jurisdiction: 'CN' }, buyer: { id: 'org_b', jurisdiction: 'HK' } },
  terms: { purpose: 'research', place_of_use: 'HK', effective_from: '2026-01-01T00:00:00.000Z' },
  plan: { currency: 'CNY', components: [{ kind: 'flat', id: 'base', amount: '100.00' }] },
  policy: { permission: [{ action: 'use' }] },
  quota: { meter: 'calls', limit: '10' },
  release: { origin: 'CN', destination: 'HK' },
  languages: { prevailing: 'zh-Hans' },
};
const signedAt = new Date('2026-06-01T12:00:00Z');
let bundle: AgreementBundle;
let merchantKey: SigningPrivateJwk;

const recordOf = (key: SigningPrivateJwk, organisationId: string): SigningKeyRecord => {
  return {
    kid: thumbprintOf(key),
    organisation_id: organisationId,
    algorithm: 'Ed25519',
    jwk: publicPartOf(key),
    valid_from: '2026-01-01T00:00:00.000Z',
    valid_until: '2027-01-01T00:00:00.000Z',
    revoked_at: null,
  };
};
async function bundleOf(text: AgreementBundle['document']): Promise<AgreementBundle> {
  const hash = documentHash(text);
  const at = signedAt.toISOString();
  const parties = [
    { party: 'merchant', organisation_id: 'org_m', key: merchantKey },
    { party: 'buyer', organisation_id: 'org_b', key: (await generateSigningKey()).privateKey },
  ] as const;
  const signatures = parties.map(async ({ key, ...whose }) => ({
    ...whose,
    jws: await signAgreementDocument(text, key, signedAt),
    received_at: at,
  }));
  return {
    form: 'hetao-agreement-bundle-1',
    document: text,
    document_hash: hash,
    consents: parties.map(({ key: _key, ...whose }) => ({ ...whose, document_hash: hash, signed_at: at })),
    signatures: await Promise.all(signatures),
    keys: parties.map(({ key, organisation_id }) => recordOf(key, organisation_id)),
    previous: null,
  };
}
beforeAll(async () => {
  merchantKey = (await generateSigningKey()).privateKey;
  bundle = await bundleOf(document);
});

const verdict = async (change: (copy: never) => unknown, trust?: BundleTrust): Promise<string> => {
  const copy = structuredClone(bundle) as never;
  change(copy);
  const verified = await verifyAgreementBundle(copy, trust);
  return verified.ok ? 'ok' : verified.error.code;
};
type Loose = Record<string, Record<string, Record<string, unknown>>> & { [list: string]: Record<string, unknown>[] };

describe('a bundle', () => {
  it('proves with nothing else who is bound to what', async () => {
    expect(await verifyAgreementBundle(bundle)).toEqual({
      ok: true,
      value: {
        agreementId: 'agr_1',
        documentHash: bundle.document_hash,
        parties: [
          { party: 'merchant', organisationId: 'org_m', kid: bundle.keys[0]?.kid, at: signedAt },
          { party: 'buyer', organisationId: 'org_b', kid: bundle.keys[1]?.kid, at: signedAt },
        ],
      },
    });
  });

  it('of an agreement of an older form still proves it', async () => {
    for (const type of ['hetao.agreement.v1', 'hetao.agreement.v2']) {
      expect((await verifyAgreementBundle(await bundleOf({ ...document, type }))).ok).toBe(true);
    }
    const other = await bundleOf({ ...document, type: 'hetao.invoice.v1' });
    expect(await verifyAgreementBundle(other)).toMatchObject({ error: { code: 'AGREEMENT_BUNDLE_INVALID' } });
  });

  it('may rest on the exchange’s record only where one says that is enough', async () => {
    const without = (copy: { signatures: unknown[] }) => copy.signatures.pop();
    expect(await verdict(without as never)).toBe('AGREEMENT_SIGNATURE_MISSING');
    expect(await verdict(without as never, { records: true })).toBe('ok');
    const neither = (copy: { signatures: unknown[]; consents: unknown[] }) => [
      copy.signatures.pop(),
      copy.consents.pop(),
    ];
    expect(await verdict(neither as never, { records: true })).toBe('AGREEMENT_SIGNATURE_MISSING');
  });
});

describe('a renewal', () => {
  const clause = { months: 12, times: 2 };
  const first = {
    ...document,
    renewal: clause,
    terms: { ...document.terms, effective_until: '2027-01-01T00:00:00.000Z' },
  };
  const terms = {
    ...first.terms,
    effective_from: '2027-01-01T00:00:00.000Z',
    effective_until: '2028-01-01T00:00:00.000Z',
  };
  const supersedes = { agreement_id: 'agr_1', document_hash: documentHash(first), kind: 'renewal' };
  const next = { ...first, agreement_id: 'agr_2', terms, supersedes, renewal: { months: 12, times: 1 } };
  const verify = async (change: object) => {
    const text = { ...next, ...change };
    const previous = await bundleOf(first);
    const unsigned = { consents: [], signatures: [], keys: [] };
    return verifyAgreementBundle({
      ...previous,
      ...unsigned,
      document: text,
      document_hash: documentHash(text),
      previous,
    });
  };

  it('binds by the clause both signed before', async () => {
    expect(await verify({})).toMatchObject({
      ok: true,
      value: { agreementId: 'agr_2', parties: [{ party: 'merchant' }, {}] },
    });
  });

  it.each([
    ['more money', { plan: { ...document.plan, currency: 'USD' } }],
    ['another policy', { policy: {} }],
    ['another purpose', { terms: { ...terms, purpose: 'x' } }],
    ['another begin', { terms: { ...terms, effective_from: '2026-12-31T00:00:00.000Z' } }],
    ['a longer term', { terms: { ...terms, effective_until: '2028-02-01T00:00:00.000Z' } }],
    ['as many renewals again', { renewal: clause }],
    ['another product', { product: { ...document.product, id: 'prd_2' } }],
    ['other parties', { parties: { ...document.parties, buyer: { id: 'org_x' } } }],
    ['another document before it', { supersedes: { ...supersedes, document_hash: 'f'.repeat(64) } }],
    ['another kind', { supersedes: { ...supersedes, kind: 'amendment' } }],
    ['nothing before it', { supersedes: null }],
  ])('with %s is none', async (_, change) => {
    expect(await verify(change)).toMatchObject({ error: { code: 'AGREEMENT_BUNDLE_INVALID' } });
  });
});

describe('tampering', () => {
  // One case for each part of the document, first with the hash left, then with a new hash put beside it.
  const parts = Object.keys(document).filter((name) => name !== 'type');
  it.each(parts)('with %s of the document is refused', async (part) => {
    const change = (copy: Loose) => {
      const value = copy['document']?.[part] as unknown;
      Object.assign(copy['document'] as object, {
        [part]: typeof value === 'string' ? 'x' : { ...(value as object), x: 1 },
      });
    };
    expect(await verdict(change as never)).toBe('AGREEMENT_DOCUMENT_TAMPERED');
    const rehashed = (copy: Loose) => {
      change(copy);
      Object.assign(copy, { document_hash: documentHash(copy['document']) });
    };
    expect(['SIGNATURE_REPLAYED', 'AGREEMENT_DOCUMENT_TAMPERED']).toContain(await verdict(rehashed));
  });

  it('with the type of the document is refused', async () => {
    expect(await verdict((copy: Loose) => Object.assign(copy['document'] as object, { type: 'x' }))).toBe(
      'AGREEMENT_DOCUMENT_TAMPERED',
    );
  });

  const at = (list: string, name: string, value: unknown, index = 0) =>
    [
      `${list}[${index}].${name}`,
      (copy: Loose) => Object.assign(copy[list]?.[index] as object, { [name]: value }),
    ] as const;
  it.each([
    [
      'the hash',
      (copy: object) => Object.assign(copy, { document_hash: 'f'.repeat(64) }),
      'AGREEMENT_DOCUMENT_TAMPERED',
    ],
    [...at('consents', 'organisation_id', 'org_x'), 'AGREEMENT_BUNDLE_INVALID'],
    [...at('consents', 'document_hash', 'f'.repeat(64)), 'AGREEMENT_DOCUMENT_TAMPERED'],
    [...at('signatures', 'party', 'buyer'), 'AGREEMENT_SIGNATURE_MISSING'],
    [...at('signatures', 'organisation_id', 'org_x'), 'AGREEMENT_BUNDLE_INVALID'],
    [...at('signatures', 'received_at', '2026-06-01T12:06:00Z'), 'SIGNATURE_STALE'],
    [...at('signatures', 'received_at', '2027-06-01T12:00:00Z'), 'SIGNATURE_STALE'],
    [...at('keys', 'kid', 'x'), 'AGREEMENT_BUNDLE_INVALID'],
    [...at('keys', 'organisation_id', 'org_x'), 'SIGNATURE_KEY_UNKNOWN'],
    [...at('keys', 'jwk', { kty: 'OKP', crv: 'Ed25519', x: 'x' }), 'SIGNING_JWK_INVALID'],
    [...at('keys', 'valid_from', '2026-06-02T00:00:00Z'), 'SIGNATURE_KEY_NOT_IN_FORCE'],
    [...at('keys', 'valid_until', '2026-05-02T00:00:00Z'), 'SIGNATURE_KEY_NOT_IN_FORCE'],
    [...at('keys', 'revoked_at', '2026-05-02T00:00:00Z'), 'SIGNATURE_KEY_REVOKED'],
    [
      'the parties’ signatures swapped',
      (copy: Loose) => {
        const [a, b] = copy['signatures'] as unknown as [{ jws: string }, { jws: string }];
        [a.jws, b.jws] = [b.jws, a.jws];
      },
      'SIGNATURE_KEY_UNKNOWN',
    ],
    [
      'a signature twice',
      (copy: Loose) => (copy['signatures'] as unknown[]).push(structuredClone(copy['signatures']?.[0])),
      'AGREEMENT_BUNDLE_INVALID',
    ],
    [
      'the last byte of a signature',
      (copy: Loose) => {
        const [first] = copy['signatures'] as unknown as [{ jws: string }];
        first.jws = `${first.jws.slice(0, -5)}${first.jws.at(-5) === 'A' ? 'B' : 'A'}${first.jws.slice(-4)}`;
      },
      'SIGNATURE_FORGED',
    ],
  ])('with %s is refused', async (_, change, code) => {
    expect(await verdict(change as never)).toBe(code);
  });
});

describe('keys one trusts', () => {
  it('must be those of the bundle, in all they say; a revocation known to either counts', async () => {
    const nothing = () => undefined;
    expect(await verdict(nothing, { keys: bundle.keys })).toBe('ok');
    expect(await verdict(nothing, { keys: [] })).toBe('AGREEMENT_KEY_UNTRUSTED');
    const change = (part: Partial<SigningKeyRecord>) => ({ keys: bundle.keys.map((key) => ({ ...key, ...part })) });
    expect(await verdict(nothing, change({ valid_until: '2028-01-01T00:00:00Z' }))).toBe('AGREEMENT_KEY_UNTRUSTED');
    expect(await verdict(nothing, change({ organisation_id: 'org_x' }))).toBe('AGREEMENT_KEY_UNTRUSTED');
    expect(await verdict(nothing, change({ revoked_at: '2026-05-01T00:00:00Z' }))).toBe('SIGNATURE_KEY_REVOKED');
    expect(await verdict(nothing, change({ revoked_at: '2026-07-01T00:00:00Z' }))).toBe('ok');
  });

  it('refuse a bundle whose keys somebody replaced with his own, signatures and all', async () => {
    const forger = await bundleOf(document);
    expect((await verifyAgreementBundle(forger)).ok).toBe(true);
    expect(await verifyAgreementBundle(forger, { keys: bundle.keys })).toMatchObject({
      error: { code: 'AGREEMENT_KEY_UNTRUSTED' },
    });
  });
});
