import { err, ok, type JsonValue, type Result } from '@hetao/kernel';
import { sha256Bytes } from '../hash.js';
import { isRecord } from '../statement.js';
import type { PublicKeyJwk } from '../signature.js';
import { presentationHash, RESERVED, type Binding } from './credential.js';
import { ALGORITHM, base64url, checkerOf, fromBase64url, HASH, instanceFor, jsonPart, MEDIA_TYPE } from './sd-jwt.js';

/** Why a presentation does not count. */
export type CredentialFault =
  | 'credential_malformed'
  | 'credential_forged'
  | 'issuer_untrusted'
  | 'disclosure_invalid'
  | 'not_yet_valid'
  | 'expired'
  | 'binding_missing'
  | 'binding_invalid';

/** What is known to whoever checks a presentation. */
export interface CredentialQuestion {
  readonly presentation: string;
  /** Which keys an issuer is known to sign with; none means the issuer is not trusted. */
  readonly issuerKeys: (issuer: string) => readonly PublicKeyJwk[];
  readonly at: Date;
  /** Demands that the holder made it for this receiver and nonce, at most `maxAgeSeconds` ago. */
  readonly binding?: Binding & { readonly maxAgeSeconds?: number };
}

/** A presentation that holds. */
export interface ShownCredential {
  readonly issuer: string;
  readonly type: string;
  /** What the issuer always shows and what the holder disclosed. */
  readonly claims: Readonly<Record<string, JsonValue>>;
  /** How many claims the holder kept back, or decoys that hide how many. */
  readonly hidden: number;
}

type Refused = Result<never, { readonly code: CredentialFault; readonly detail: string }>;
type Verdict = Result<ShownCredential, { readonly code: CredentialFault; readonly detail: string }>;
type Payload = Readonly<Record<string, unknown>>;

const MAX_CHARACTERS = 256 * 1024;
const MAX_AGE_SECONDS = 300;
/** Clocks differ. */
const SKEW_SECONDS = 60;

/**
 * Checks a presentation (RFC 9901 section 7): signature, every disclosure, time and, when demanded, the holder's binding.
 * Anything malformed is a fault, never an exception.
 */
export async function verifyCredential(question: CredentialQuestion): Promise<Verdict> {
  const parts = partsOf(question.presentation);
  if (parts === undefined) return refused('credential_malformed', 'This is no SD-JWT of EdDSA and SHA-256.');
  const { payload } = parts;
  const issuer = payload['iss'];
  const key = question.issuerKeys(String(issuer)).find(({ x }) => x === parts.keyId);
  if (typeof issuer !== 'string' || typeof payload['vct'] !== 'string') {
    return refused('credential_malformed', 'It names no issuer or no kind of credential.');
  }
  if (key === undefined) return refused('issuer_untrusted', `The key is not known to be one of ${issuer}.`);
  const [header, body, signature = ''] = parts.jwt.split('.');
  if (!(await checkerOf(key)(`${header}.${body}`, signature))) {
    return refused('credential_forged', 'The signature was not made over this credential with this key.');
  }
  const digests = digestsIn(payload);
  const fault = disclosureFault(parts, digests) ?? timeFault(payload, question.at);
  if (fault !== undefined) return err(fault);
  const bound = await bindingFault(question, parts);
  if (bound !== undefined) return err(bound);
  const claims = await disclosedClaims(question.presentation, key);
  if (claims === undefined) return refused('credential_malformed', 'Its claims cannot be read.');
  return ok({ issuer, type: payload['vct'], claims, hidden: digests.length - parts.disclosures.length });
}

interface Parts {
  readonly jwt: string;
  readonly keyId: string;
  readonly payload: Payload;
  readonly disclosures: readonly string[];
  /** Empty when the holder bound it to nobody. */
  readonly binding: string;
}

function partsOf(presentation: string): Parts | undefined {
  const [jwt = '', ...rest] = presentation.length > MAX_CHARACTERS ? [] : presentation.split('~');
  const [header, payload] = jwt.split('.').map((part) => jsonPart(part));
  if (header?.['alg'] !== ALGORITHM || header['typ'] !== MEDIA_TYPE || jwt.split('.').length !== 3) return undefined;
  if (payload === undefined || (payload['_sd_alg'] ?? HASH) !== HASH || rest.length === 0) return undefined;
  return { jwt, keyId: String(header['kid']), payload, disclosures: rest.slice(0, -1), binding: rest.at(-1) ?? '' };
}

function digestsIn(payload: Payload): readonly string[] {
  const digests: unknown = payload['_sd'] ?? [];
  return Array.isArray(digests) ? digests.map(String) : [];
}

/** Each disclosure once, under a digest that the issuer signed, of a name that hides nothing he always shows. */
function disclosureFault({ disclosures, payload }: Parts, digests: readonly string[]) {
  const invalid = (detail: string) => ({ code: 'disclosure_invalid', detail }) as const;
  if (new Set(digests).size !== digests.length) return invalid('The issuer signed a digest twice.');
  const names = new Set<string>();
  for (const disclosure of disclosures) {
    const name = disclosedName(disclosure);
    if (name === undefined) return invalid('A disclosure is not salt, name and value.');
    if (!digests.includes(base64url(sha256Bytes(disclosure)))) return invalid(`The issuer signed no such "${name}".`);
    if (names.has(name) || RESERVED.has(name) || Object.hasOwn(payload, name)) {
      return invalid(`"${name}" is there twice, or is no name of a claim.`);
    }
    names.add(name);
  }
  return undefined;
}

function disclosedName(disclosure: string): string | undefined {
  const bytes = fromBase64url(disclosure);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const [salt, name] = Array.isArray(value) && value.length === 3 ? (value as unknown[]) : [];
    return typeof salt === 'string' && typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

function timeFault({ nbf, exp }: Payload, at: Date) {
  const now = at.getTime() / 1000;
  if (typeof nbf !== 'number' || typeof exp !== 'number') {
    return { code: 'credential_malformed', detail: 'It does not say from when until when it counts.' } as const;
  }
  if (now < nbf)
    return { code: 'not_yet_valid', detail: `It counts from ${new Date(nbf * 1000).toISOString()}.` } as const;
  if (now >= exp)
    return { code: 'expired', detail: `It counted until ${new Date(exp * 1000).toISOString()}.` } as const;
  return undefined;
}

/** The holder's signature over receiver, nonce and this very presentation, by the key that the issuer signed for. */
async function bindingFault({ presentation, binding, at }: CredentialQuestion, parts: Parts) {
  if (binding === undefined) return undefined;
  if (parts.binding === '') return { code: 'binding_missing', detail: 'The holder bound it to nobody.' } as const;
  const invalid = (detail: string) => ({ code: 'binding_invalid', detail }) as const;
  const [head = '', body = '', signature = ''] = parts.binding.split('.');
  const [header, payload] = [jsonPart(head), jsonPart(body)];
  const key = holderKey(parts.payload);
  if (header?.['typ'] !== 'kb+jwt' || header['alg'] !== ALGORITHM || payload === undefined || key === undefined) {
    return invalid('It is no binding, or the credential names no key of the holder.');
  }
  if (!(await checkerOf(key)(`${head}.${body}`, signature))) return invalid('The holder’s key did not sign it.');
  if (payload['sd_hash'] !== presentationHash(presentation)) return invalid('It belongs to another presentation.');
  if (payload['aud'] !== binding.audience) return invalid('It was made for another receiver.');
  if (payload['nonce'] !== binding.nonce) return invalid('It answers another nonce.');
  const age = at.getTime() / 1000 - Number(payload['iat']);
  const fresh = age >= -SKEW_SECONDS && age <= (binding.maxAgeSeconds ?? MAX_AGE_SECONDS) + SKEW_SECONDS;
  return fresh ? undefined : invalid('It was made too long ago, or in the future.');
}

function holderKey({ cnf }: Payload): PublicKeyJwk | undefined {
  const jwk = isRecord(cnf) ? cnf['jwk'] : undefined;
  if (!isRecord(jwk) || jwk['kty'] !== 'OKP' || jwk['crv'] !== 'Ed25519' || typeof jwk['x'] !== 'string')
    return undefined;
  return { kty: 'OKP', crv: 'Ed25519', x: jwk['x'] };
}

/** What was checked above is put together by the library, which also checks the signature once more. */
async function disclosedClaims(presentation: string, key: PublicKeyJwk) {
  const withoutBinding = presentation.slice(0, presentation.lastIndexOf('~') + 1);
  const claims = await instanceFor({ verifier: checkerOf(key) })
    .getClaims(withoutBinding)
    .catch(() => undefined);
  if (!isRecord(claims)) return undefined;
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !RESERVED.has(name))) as Record<
    string,
    JsonValue
  >;
}

function refused(code: CredentialFault, detail: string): Refused {
  return err({ code, detail });
}
