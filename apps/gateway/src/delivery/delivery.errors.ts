import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why a call to a merchant's product is not passed on, or what became of it. */
export const deliveryErrors = defineErrors({
  DELIVERY_AGREEMENT_UNKNOWN: {
    kind: 'not_found',
    title: 'No such agreement gives your organisation access',
    fix: 'Check the id; GET /v1/entitlements lists what your organisation may use. A licence granted a moment ago needs a second.',
  },
  DELIVERY_TOKEN_REFUSED: {
    kind: 'unauthenticated',
    title: 'The token of the transfer opens nothing here now',
    fix: 'Use the address of the last TransferStartMessage; a transfer that is suspended or over gives no data.',
  },
  DELIVERY_ENTITLEMENT_OVER: {
    kind: 'forbidden',
    title: 'The agreement gives no access now',
    fix: 'Read the agreement: it has ended, or its time has not come.',
  },
  DELIVERY_PURPOSE_NOT_ALLOWED: {
    kind: 'forbidden',
    title: 'The licence does not cover this purpose',
    fix: 'Name one of the licensed purposes in Hetao-Purpose, or leave the header away where there is only one.',
  },
  DELIVERY_QUOTA_EXHAUSTED: {
    kind: 'rate_limited',
    title: 'The quota of the agreement is used up',
    fix: 'Ask the merchant for a larger quota.',
  },
  DELIVERY_NOT_CONNECTED: {
    kind: 'conflict',
    title: 'The merchant has not connected this product',
    fix: 'Ask the merchant to name an address with PUT /v1/delivery-endpoints/{product_id}.',
  },
  DELIVERY_UPSTREAM_FAILED: {
    kind: 'unavailable',
    title: 'The merchant’s service did not answer as it should',
    fix: 'Try again; if it persists, tell the merchant the call id.',
  },
  DELIVERY_UPSTREAM_RESTING: {
    kind: 'unavailable',
    title: 'The merchant’s service failed again and again and is given a rest',
    fix: 'Wait for Retry-After. One call is then let through to try it; when that is answered, all are.',
  },
  DELIVERY_ENDPOINT_INVALID: {
    kind: 'unprocessable',
    title: 'This address cannot be called',
    fix: 'Give an https address on the public internet, without credentials or fragment.',
  },
  DELIVERY_PRODUCT_NOT_YOURS: {
    kind: 'not_found',
    title: 'Your organisation lists no such product',
    fix: 'Check the id; a product listed a moment ago needs a second to be known here.',
  },
});

export type DeliveryError = ErrorOf<typeof deliveryErrors>;
