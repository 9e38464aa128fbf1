/** What of the exchange itself may be delivered as a product: the public face of its log, which anybody may read. */
const HOUSE_PATH = '/v1/attestation-log';

/** The address under which the exchange serves its own product, as its merchant connects it. */
export function houseAddress(publicUrl: string): string {
  return `${new URL(publicUrl).origin}${HOUSE_PATH}`;
}

/**
 * Where a product of the house is really served: the service on our own network. Our public name may lead nowhere from
 * inside, and a private address is closed to every merchant's product; this one is public to begin with, so whoever names
 * it gains nothing.
 *
 * @param attestationUrl undefined where the exchange has no log.
 * @returns undefined for the address of anybody else.
 */
export function insideAddress(url: string, publicUrl: string, attestationUrl: string | undefined): string | undefined {
  if (attestationUrl === undefined || url !== houseAddress(publicUrl)) return undefined;
  return new URL(HOUSE_PATH, attestationUrl).href;
}
