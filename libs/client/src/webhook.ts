/** Headers as a server hands them over: of `fetch`, or an object in any case. */
export type ReceivedHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** How a webhook is checked. */
export interface WebhookRules {
  /** Longest time since it was signed, and furthest into the future, in seconds. Default 300. */
  readonly toleranceS?: number;
  readonly now?: Date;
}

/** A message that cannot be shown to come from the exchange: answer 400, and do nothing. */
export class WebhookRejected extends Error {
  override readonly name = 'WebhookRejected';
}

const TOLERANCE_S = 300;
/** An endpoint has two secrets while one is rolled; a header with many signatures is nobody’s. */
const MAX_SIGNATURES = 10;

/**
 * Checks a webhook by Standard Webhooks 1.0: signature, age, and that nothing was changed on the way.
 *
 * @param body the bytes as they came, before anything parsed them
 * @param secrets `whsec_…` (shared) or `whpk_…` (public, Ed25519); both while one is being rolled
 * @returns the message, parsed
 * @throws WebhookRejected saying which check failed
 */
export async function verifyWebhook<T = unknown>(
  body: string | Uint8Array,
  headers: ReceivedHeaders,
  secrets: string | readonly string[],
  { toleranceS = TOLERANCE_S, now = new Date() }: WebhookRules = {},
): Promise<T> {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const id = headerIn(headers, 'webhook-id');
  const timestamp = headerIn(headers, 'webhook-timestamp');
  const ageS = now.getTime() / 1000 - (/^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN);
  if (!(Math.abs(ageS) <= toleranceS)) {
    throw new WebhookRejected(`webhook-timestamp ${timestamp} is not within ${toleranceS} s of now.`);
  }
  const signatures = headerIn(headers, 'webhook-signature').split(' ').slice(0, MAX_SIGNATURES);
  const content = new TextEncoder().encode(`${id}.${timestamp}.${text}`);
  for (const secret of [secrets].flat()) if (await signedBy(secret, content, signatures)) return JSON.parse(text) as T;
  throw new WebhookRejected('No signature of webhook-signature is by a secret of this endpoint.');
}

async function signedBy(secret: string, content: Uint8Array<ArrayBuffer>, signatures: readonly string[]) {
  const [, kind, encoded = ''] = /^(whsec|whpk)_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  if (kind === undefined) throw new TypeError('A secret of a webhook looks like whsec_… or whpk_….');
  const [version, algorithm] =
    kind === 'whsec' ? (['v1', { name: 'HMAC', hash: 'SHA-256' }] as const) : (['v1a', { name: 'Ed25519' }] as const);
  const key = await crypto.subtle.importKey('raw', bytes(encoded), algorithm, false, ['verify']);
  for (const signature of signatures) {
    const [prefix, value = ''] = signature.split(',', 2);
    if (prefix !== version || !/^[A-Za-z0-9+/]{1,200}={0,2}$/.test(value)) continue;
    // In constant time, as the platform's own verification is.
    if (await crypto.subtle.verify(algorithm.name, key, bytes(value), content)) return true;
  }
  return false;
}

function headerIn(headers: ReceivedHeaders, name: string): string {
  const found =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  if (typeof found !== 'string' || found === '') throw new WebhookRejected(`The header ${name} is missing.`);
  return found;
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
