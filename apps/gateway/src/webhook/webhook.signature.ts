import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { SignatureKind } from './webhook.js';

/** What signs the messages to an endpoint, and what its receiver checks them by. Written down as Standard Webhooks does. */
export interface SigningSecret {
  /** `whsec_…` (32 random bytes) or `whsk_…` (Ed25519 seed and public key, 64 bytes), base64. */
  readonly secret: string;
  /** `whpk_…`, base64 of the 32 bytes; null where the secret is shared. */
  readonly publicKey: string | null;
}

const HMAC_BYTES = 32;
const KEY_BYTES = 32;
/** PKCS #8 around the 32 bytes of an Ed25519 seed (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Makes a new secret. */
export function makeSecret(kind: SignatureKind): SigningSecret {
  if (kind === 'hmac') return { secret: `whsec_${randomBytes(HMAC_BYTES).toString('base64')}`, publicKey: null };
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-KEY_BYTES);
  const open = publicKey.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
  return {
    secret: `whsk_${Buffer.concat([seed, open]).toString('base64')}`,
    publicKey: `whpk_${open.toString('base64')}`,
  };
}

/** The three headers of Standard Webhooks 1.0; one signature for each secret, so that a roll has no gap. */
export function signedHeaders(
  message: { readonly id: string; readonly at: Date; readonly body: string },
  secrets: readonly string[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(message.at.getTime() / 1000));
  const content = `${message.id}.${timestamp}.${message.body}`;
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signatureOf(content, secret)).join(' '),
  };
}

function signatureOf(content: string, secret: string): string {
  const [, kind, encoded = ''] = /^(whsec|whsk)_(.+)$/.exec(secret) ?? [];
  const key = Buffer.from(encoded, 'base64');
  if (kind === 'whsec') return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  if (kind !== 'whsk') throw new Error('A stored secret of a webhook has no known form.');
  const der = Buffer.concat([PKCS8_ED25519, key.subarray(0, KEY_BYTES)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return `v1a,${sign(null, Buffer.from(content), privateKey).toString('base64')}`;
}
