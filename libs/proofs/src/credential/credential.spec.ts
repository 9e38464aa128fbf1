import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commit, digestsOf, newSalt } from '../commitment.js';
import { generateSigningKey, type PrivateKeyJwk } from '../signature.js';
import { issueCredential, issuerSigned, presentCredential, type CredentialTerms } from './credential.js';
import { base64url, signerOf } from './sd-jwt.js';
import { verifyCredential, type CredentialQuestion } from './verify-credential.js';

const AT = new Date('2026-06-01T00:00:00Z');
const BINDING = { audience: 'org_receiver', nonce: 'n-1' };
let issuer: PrivateKeyJwk;
let holder: PrivateKeyJwk;
let stranger: PrivateKeyJwk;
let credential: string;
const terms = (change: Partial<CredentialTerms> = {}): CredentialTerms => ({
  issuer: 'org_issuer',
  type: 'credit-report/v1',
  claims: { score_band: 'A', company: '示例有限公司', turnover: { currency: 'CNY', millions: 12 }, employees: 40 },
  disclosable: ['company', 'turnover', 'employees'],
  validFrom: new Date('2026-01-01T00:00:00Z'),
  validTo: new Date('2027-01-01T00:00:00Z'),
  holderKey: holder,
  ...change,
});
beforeAll(async () => {
  const newKey = async () => (await generateSigningKey()).privateKey;
  [issuer, holder, stranger] = [await newKey(), await newKey(), await newKey()];
  credential = await issueCredential(terms(), issuer);
});

const verify = (presentation: string, change: Partial<CredentialQuestion> = {}) =>
  verifyCredential({
    presentation,
    issuerKeys: (name) => (name === 'org_issuer' ? [issuer] : []),
    at: AT,
    ...change,
  });
const faultOf = async (presentation: string, change: Partial<CredentialQuestion> = {}): Promise<string> => {
  const result = await verify(presentation, change);
  return result.ok ? 'good' : result.error.code;
};
const bound = (disclose: readonly string[], change: Partial<typeof BINDING & { key: PrivateKeyJwk; at: Date }> = {}) =>
  presentCredential(credential, disclose, { ...BINDING, key: holder, at: AT, ...change });

describe('a credential', () => {
  it('shows what the holder discloses, and nothing of the rest', async () => {
    const shown = await presentCredential(credential, ['turnover']);
    expect(await verify(shown)).toEqual({
      ok: true,
      value: {
        issuer: 'org_issuer',
        type: 'credit-report/v1',
        claims: { score_band: 'A', turnover: { currency: 'CNY', millions: 12 } },
        hidden: 2,
      },
    });
    expect(await verify(await presentCredential(credential, []))).toMatchObject({ value: { hidden: 3 } });
    const [jwt = ''] = shown.split('~');
    const payload = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString();
    for (const secret of ['company', '示例', 'employees', '40']) expect(payload).not.toContain(`"${secret}`);
  });

  it('comes back as it was issued, whatever the claims and whichever are disclosed', async () => {
    const name = fc
      .stringMatching(/^[a-z][a-z_]{2,12}$/)
      .filter((text) => !['iss', 'sub', 'aud', 'iat', 'nbf', 'exp', 'jti', 'cnf', 'vct', 'status'].includes(text));
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.record({ a: fc.string() }),
      fc.array(fc.integer()),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, value, { maxKeys: 6, noNullPrototype: true }),
        fc.nat(),
        async (claims, bits) => {
          const names = Object.keys(claims);
          const disclosable = names.filter((_, i) => bits & (1 << i));
          const shown = disclosable.filter((_, i) => bits & (1 << (i + 8)));
          const made = await issueCredential(terms({ claims, disclosable }), issuer);
          const result = await verify(await presentCredential(made, shown));
          const visible = names.filter((one) => !disclosable.includes(one) || shown.includes(one));
          expect(result).toMatchObject({ ok: true, value: { hidden: disclosable.length - shown.length } });
          expect(result.ok && result.value.claims).toEqual(
            Object.fromEntries(visible.map((one) => [one, claims[one]])),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is committed to by its signed part, however it is shown', async () => {
    const salt = newSalt();
    const commitmentOf = (text: string) => commit(digestsOf(issuerSigned(text)), salt).commitment;
    expect(commitmentOf(await presentCredential(credential, ['company']))).toBe(commitmentOf(credential));
    expect(commitmentOf(await bound([]))).toBe(commitmentOf(credential));
    expect(commitmentOf(await issueCredential(terms(), issuer))).not.toBe(commitmentOf(credential));
  });

  it.each([
    [{ claims: { iss: 'me' }, disclosable: [] }, 'iss'],
    [{ claims: { _sd: [] }, disclosable: [] }, '_sd'],
    [{ disclosable: ['nothing'] }, 'nothing'],
    [{ validTo: new Date('2025-01-01') }, 'ends before'],
  ])('is not issued with %j', async (change, hint) => {
    await expect(issueCredential(terms(change), issuer)).rejects.toThrow(hint);
  });

  it('is not shown with a claim it does not have', async () => {
    await expect(presentCredential(credential, ['salary'])).rejects.toThrow('salary');
    await expect(presentCredential('no credential', [])).rejects.toThrow('no SD-JWT');
  });
});

describe('time and trust', () => {
  it('count to the second', async () => {
    const shown = await presentCredential(credential, []);
    expect(await faultOf(shown, { at: new Date('2025-12-31T23:59:59.999Z') })).toBe('not_yet_valid');
    expect(await faultOf(shown, { at: new Date('2026-01-01T00:00:00Z') })).toBe('good');
    expect(await faultOf(shown, { at: new Date('2026-12-31T23:59:59.999Z') })).toBe('good');
    expect(await faultOf(shown, { at: new Date('2027-01-01T00:00:00Z') })).toBe('expired');
    expect(await faultOf(shown, { issuerKeys: () => [] })).toBe('issuer_untrusted');
    expect(await faultOf(shown, { issuerKeys: () => [stranger] })).toBe('issuer_untrusted');
  });
});

describe('tampering', () => {
  const claimAs = (name: string, value: unknown): string =>
    base64url(new TextEncoder().encode(JSON.stringify(['c2FsdHNhbHRzYWx0c2FsdA', name, value])));
  /** The same payload with a change, signed by whom one likes. */
  async function resigned(change: Record<string, unknown>, by: PrivateKeyJwk, header: Record<string, unknown> = {}) {
    const [jwt = '', ...rest] = credential.split('~');
    const [head = '', body = ''] = jwt.split('.');
    const part = (text: string, extra: Record<string, unknown>) =>
      base64url(
        new TextEncoder().encode(
          JSON.stringify({ ...(JSON.parse(Buffer.from(text, 'base64url').toString()) as object), ...extra }),
        ),
      );
    const text = `${part(head, header)}.${part(body, change)}`;
    return [`${text}.${await signerOf(by)(text)}`, ...rest].join('~');
  }

  it('with any byte is seen', async () => {
    const shown = await bound(['company', 'turnover']);
    await fc.assert(
      fc.asyncProperty(fc.nat(shown.length - 1), fc.constantFrom(...'Az09-_.~'), async (at, character) => {
        fc.pre(shown[at] !== character);
        const changed = shown.slice(0, at) + character + shown.slice(at + 1);
        expect(await faultOf(changed, { binding: BINDING })).not.toBe('good');
      }),
      { numRuns: 300 },
    );
  });

  it('by cutting it off is seen', async () => {
    const shown = await bound(['company']);
    await fc.assert(
      fc.asyncProperty(fc.nat(shown.length - 1), async (length) => {
        expect(await faultOf(shown.slice(0, length), { binding: BINDING })).not.toBe('good');
      }),
      { numRuns: 100 },
    );
  });

  it('by adding, doubling or swapping disclosures is seen', async () => {
    const [jwt = '', company = ''] = (await presentCredential(credential, ['company'])).split('~');
    const other = await issueCredential(terms({ claims: { company: 'Other' }, disclosable: ['company'] }), issuer);
    const foreign = other.split('~')[1] ?? '';
    const tries = [
      [company, company],
      [claimAs('company', 'Better')],
      [foreign],
      [claimAs('score_band', 'AAA')],
      ['e30'],
      [''],
    ];
    for (const disclosures of tries)
      expect(await faultOf(`${[jwt, ...disclosures].join('~')}~`)).toBe('disclosure_invalid');
  });

  it('by the issuer himself, against the format, is refused as well', async () => {
    const digest = (text: string) => {
      const bytes = Buffer.from(text);
      return import('../hash.js').then(({ sha256Bytes }) => base64url(sha256Bytes(bytes)));
    };
    for (const name of ['iss', 'exp', 'score_band', '_sd']) {
      const disclosure = claimAs(name, 'x');
      const made = await resigned({ _sd: [await digest(disclosure)] }, issuer);
      expect([name, await faultOf(`${made.split('~')[0] ?? ''}~${disclosure}~`)]).toEqual([name, 'disclosure_invalid']);
    }
    const [jwt = ''] = (await resigned({ _sd: ['a', 'a'] }, issuer)).split('~');
    expect(await faultOf(`${jwt}~`)).toBe('disclosure_invalid');
  });

  it.each([
    ['another’s signature', {}, {}, 'stranger', 'credential_forged'],
    ['another’s key named', {}, { kid: 'x' }, 'issuer', 'issuer_untrusted'],
    ['no algorithm', {}, { alg: 'none' }, 'issuer', 'credential_malformed'],
    ['a shared secret', {}, { alg: 'HS256' }, 'issuer', 'credential_malformed'],
    ['another type', {}, { typ: 'JWT' }, 'issuer', 'credential_malformed'],
    ['a weaker hash', { _sd_alg: 'sha-256-32' }, {}, 'issuer', 'credential_malformed'],
    ['no end', { exp: null }, {}, 'issuer', 'credential_malformed'],
    ['no kind', { vct: 7 }, {}, 'issuer', 'credential_malformed'],
  ])('with %s is refused', async (...[, payload, header, by, fault]) => {
    const signer = by === 'issuer' ? issuer : stranger;
    expect(await faultOf(await resigned(payload, signer, header))).toBe(fault);
  });

  it.each(['', '~', 'a.b.c~', '....', '~~~', 'x'.repeat(300_000)])(
    'text that is none is refused (%#)',
    async (text) => {
      expect(await faultOf(text)).toBe('credential_malformed');
    },
  );
});

describe('the holder’s binding', () => {
  it('is demanded by who names receiver and nonce', async () => {
    expect(await faultOf(await bound(['company']), { binding: BINDING })).toBe('good');
    expect(await faultOf(await presentCredential(credential, []), { binding: BINDING })).toBe('binding_missing');
  });

  it('replayed to another receiver, another nonce, later, or by another holder is refused', async () => {
    const shown = await bound(['company']);
    const refused = (binding: typeof BINDING, at = AT) => faultOf(shown, { binding, at });
    expect(await refused({ ...BINDING, audience: 'org_other' })).toBe('binding_invalid');
    expect(await refused({ ...BINDING, nonce: 'n-2' })).toBe('binding_invalid');
    expect(await refused(BINDING, new Date(AT.getTime() + 400_000))).toBe('binding_invalid');
    expect(await refused(BINDING, new Date(AT.getTime() - 120_000))).toBe('binding_invalid');
    expect(await faultOf(await bound([], { key: stranger }), { binding: BINDING })).toBe('binding_invalid');
  });

  it('does not move to another presentation', async () => {
    const binding = (await bound(['company'])).split('~').at(-1) ?? '';
    const other = await presentCredential(credential, ['turnover']);
    expect(await faultOf(`${other}${binding}`, { binding: BINDING })).toBe('binding_invalid');
  });
});
