import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  type JSONWebKeySet,
  type JWK,
} from 'jose';

/** Who a test request comes from; see CallerIdentity of the runtime. Only the personas have no default. */
export interface TestCaller {
  readonly personas: readonly ('merchant' | 'buyer' | 'operator' | 'auditor')[];
  readonly subject?: string;
  readonly organisationId?: string;
  readonly scopes?: readonly string[];
  readonly via?: 'session' | 'api_key' | 'system';
  readonly displayName?: string;
}

export interface TestCallerKeys {
  readonly privateKey: JWK;
  readonly publicKeys: JSONWebKeySet;
}

let keys: Promise<TestCallerKeys> | undefined;

/** The Ed25519 pair of this test process: the public half goes into a service's `callerKeys`. */
export function testCallerKeys(): Promise<TestCallerKeys> {
  keys ??= makeKeys();
  return keys;
}

async function makeKeys(): Promise<TestCallerKeys> {
  const { privateKey, publicKey } = await generateKeyPair('Ed25519', { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    privateKey: { ...(await exportJWK(privateKey)), kid, alg: 'EdDSA' },
    publicKeys: { keys: [{ ...publicJwk, kid, alg: 'EdDSA', use: 'sig' }] },
  };
}

/**
 * What the gateway would put into `x-hetao-caller`, written down here a second time on purpose: a spec that signs with
 * the code under test would not notice when the format changes. Valid for 60 s.
 */
export async function callerToken(caller: TestCaller, signWith?: JWK): Promise<string> {
  const key = signWith ?? (await testCallerKeys()).privateKey;
  return new SignJWT({
    org: caller.organisationId ?? '',
    name: caller.displayName ?? 'Test caller',
    personas: caller.personas,
    scopes: caller.scopes ?? [],
    via: caller.via ?? 'session',
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', ...(key.kid === undefined ? {} : { kid: key.kid }) })
    .setSubject(caller.subject ?? 'usr_test')
    .setIssuer('hetao-gateway')
    .setAudience('hetao-services')
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(await importJWK(key, 'EdDSA'));
}
