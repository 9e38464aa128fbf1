import {
  publicPartOf,
  proveKey,
  signAgreementDocument,
  type SignedDocument,
  type SigningPrivateJwk,
} from '@hetao/proofs';
import type { TestCaller } from '@hetao/testing';
import { operator } from './market.js';
import type { Answer, RunningContracts } from './running-contracts.js';

/** A new key pair of either kind, as an organisation's own machine would make it. */
export async function newSigningKey(algorithm: 'Ed25519' | 'ES256' = 'Ed25519'): Promise<SigningPrivateJwk> {
  const parameters = algorithm === 'Ed25519' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = (await crypto.subtle.generateKey(parameters, true, ['sign', 'verify'])) as CryptoKeyPair;
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return (algorithm === 'Ed25519' ? { kty, crv, x, d } : { kty, crv, x, y, d }) as SigningPrivateJwk;
}

/** What people do with keys, over HTTP. */
export function keyRing(contracts: RunningContracts) {
  const post = (as: TestCaller, path: string, json: object = {}) => contracts.send(as, 'POST', path, { json });
  const ring = {
    propose: (as: TestCaller, key: SigningPrivateJwk, change: object = {}): Promise<Answer> =>
      post(as, '/v1/signing-keys', {
        jwk: publicPartOf(key),
        label: 'office',
        valid_until: '2027-01-01T00:00:00Z',
        ...change,
      }),
    prove: (as: TestCaller, id: string, proof: string) => post(as, `/v1/signing-keys/${id}/prove`, { proof }),
    confirm: (as: TestCaller, id: string) => post(as, `/v1/signing-keys/${id}/confirm`),
    revoke: (as: TestCaller, id: string) => post(as, `/v1/signing-keys/${id}/revoke`, { reason: 'laptop lost' }),
    /** A key in force: proposed by the caller, proven, confirmed by the exchange. */
    registered: async (as: TestCaller, key: SigningPrivateJwk): Promise<string> => {
      const { body } = await ring.propose(as, key);
      await ring.prove(as, body.id, await proveKey((body as unknown as { challenge: string }).challenge, key));
      await ring.confirm(operator, body.id);
      return body.id;
    },
    /** Signs the document of an agreement, or another one, now. */
    signature: async (agreementId: string, key: SigningPrivateJwk, change: object = {}): Promise<string> => {
      const { body } = await contracts.send(operator, 'GET', `/v1/agreements/${agreementId}`);
      return signAgreementDocument({ ...body.document, ...change } as SignedDocument, key, contracts.clock.now());
    },
    send: (as: TestCaller, agreementId: string, jws: string) =>
      post(as, `/v1/agreements/${agreementId}/signatures`, { jws }),
  };
  return ring;
}
