/** What the exchange found out about a call that it passes on to a merchant's service. */
export interface DeliveryContext {
  /** The call, as in GET /v1/delivery-calls; the same one never comes twice. */
  readonly callId: string;
  readonly agreementId: string;
  readonly productId: string;
  /** The organisation that calls. */
  readonly buyerId: string;
  readonly purpose: string;
}

/** A key of `getDeliveryKeys`. */
export interface DeliveryKey {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly kid: string;
}

/** What the call must be, for its context to be believed. */
export interface DeliveredCall {
  /** The product this service serves. */
  readonly productId: string;
  readonly method: string;
  /** Path and query behind the address that the exchange was given. */
  readonly path: string;
  readonly now?: Date;
}

/** A call that cannot be shown to come from the exchange: answer 401, and do nothing. */
export class DeliveryRejected extends Error {
  override readonly name = 'DeliveryRejected';
}

/** Clocks differ. In seconds. */
const SKEW_S = 30;
const FORM = /^([\w-]{1,1000})\.([\w-]{1,8000})\.([\w-]{86})$/;

/**
 * Checks the `hetao-context` of a call: that the exchange signed it (JWS with EdDSA), for this product and this very call,
 * within the last minute.
 *
 * @param keys what `getDeliveryKeys` answered; ask again when a key is not among them
 * @throws DeliveryRejected saying which check failed
 */
export async function verifyDelivery(
  context: string | undefined,
  keys: readonly DeliveryKey[],
  { productId, method, path, now = new Date() }: DeliveredCall,
): Promise<DeliveryContext> {
  const [, head = '', body = '', signature = ''] = FORM.exec(context ?? '') ?? [];
  const { alg, typ, kid } = members(head);
  if (alg !== 'EdDSA' || typ !== 'hetao-delivery+jwt') throw new DeliveryRejected('hetao-context is missing or none.');
  const key = keys.find((one) => one.kid === kid && one.kty === 'OKP' && one.crv === 'Ed25519');
  if (key === undefined) throw new DeliveryRejected(`No key of the exchange is called ${String(kid)}.`);
  const algorithm = { name: 'Ed25519' };
  const { kty, crv, x } = key;
  const imported = await crypto.subtle.importKey('jwk', { kty, crv, x }, algorithm, false, ['verify']);
  const signed = new TextEncoder().encode(`${head}.${body}`);
  if (!(await crypto.subtle.verify(algorithm, imported, bytes(signature), signed))) {
    throw new DeliveryRejected('The signature is not by the exchange.');
  }
  const claims = members(body);
  const nowS = now.getTime() / 1_000;
  if (!(Number(claims['iat']) <= nowS + SKEW_S && nowS < Number(claims['exp']) + SKEW_S)) {
    throw new DeliveryRejected('It was signed too long ago.');
  }
  if (claims['aud'] !== productId || claims['method'] !== method || claims['path'] !== path) {
    throw new DeliveryRejected('It is about another product or another call.');
  }
  const text = (name: string): string => String(claims[name]);
  return {
    ...{ callId: text('jti'), agreementId: text('agreement'), productId },
    ...{ buyerId: text('sub'), purpose: text('purpose') },
  };
}

function members(encoded: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes(encoded)));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
