import { err, ok, type Result } from './result.js';

/** What an address that somebody else gave us may hold. */
export interface OutsideAddressRules {
  /** For a demonstration or a test; the public internet gets TLS only. */
  readonly plainHttpAllowed: boolean;
  /** Whether it may carry a query; never where a path is put behind it. */
  readonly queryAllowed: boolean;
}

/** Longer than any address people give, in characters. */
const MAX_LENGTH = 2_000;

/**
 * Checks the form of an address outside that we are to call, before it is kept: https, without credentials or fragment.
 * Where its name leads is checked at every call, by whoever calls.
 *
 * @returns the address as URLs are written (WHATWG), or what is wrong with it, in words for whoever gave it.
 */
export function outsideAddress(
  text: string,
  { plainHttpAllowed, queryAllowed }: OutsideAddressRules,
): Result<string, string> {
  const url = text.length > MAX_LENGTH ? null : URL.parse(text);
  const schemes = plainHttpAllowed ? ['https:', 'http:'] : ['https:'];
  if (url === null || !schemes.includes(url.protocol)) {
    return err(`${text.slice(0, 200)} is no ${plainHttpAllowed ? 'http(s)' : 'https'} address.`);
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    return err('The address has credentials or a fragment.');
  }
  return url.search !== '' && !queryAllowed ? err('The address has a query.') : ok(url.href);
}
