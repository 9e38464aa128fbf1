import { err, ok, outsideAddress, type Result } from '@hetao/kernel';
import { deliveryErrors, type DeliveryError } from './delivery.errors.js';

/** Where a merchant serves a product, and what the door shows there. */
export interface Endpoint {
  readonly productId: string;
  readonly merchantId: string;
  /** Without a query; the caller's path is put behind it. */
  readonly url: string;
  /** Name of the header that carries the secret; null where the merchant wants none. */
  readonly secretHeader: string | null;
  readonly updatedAt: Date;
}

/** Headers that are ours to say or speak of the connection: a merchant's secret never travels under their name. */
const RESERVED =
  /^(?:host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|x-hetao-.*|x-forwarded-.*)$/i;
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;

/**
 * Checks an address before it is kept. Where its name leads is checked again at every call; that of the exchange's own
 * product leads to ourselves, over whatever we are reached by, and needs no secret.
 */
export function checkEndpoint(
  input: { readonly url: string; readonly secretHeader: string | null },
  { plainHttpAllowed, house }: { readonly plainHttpAllowed: boolean; readonly house: string },
): Result<string, DeliveryError> {
  if (input.secretHeader === null && input.url.replace(/\/+$/, '') === house) return ok(house);
  const address = outsideAddress(input.url, { plainHttpAllowed, queryAllowed: false });
  if (!address.ok) {
    const detail = `${address.error} A secret belongs into "secret".`;
    return err(deliveryErrors.DELIVERY_ENDPOINT_INVALID(detail, { pointer: '/url' }));
  }
  const { secretHeader } = input;
  if (secretHeader !== null && (!HEADER_NAME.test(secretHeader) || RESERVED.test(secretHeader))) {
    const detail = `${secretHeader} is no header a secret may travel in.`;
    return err(deliveryErrors.DELIVERY_ENDPOINT_INVALID(detail, { pointer: '/secret/header' }));
  }
  return ok(address.value.replace(/\/+$/, ''));
}
