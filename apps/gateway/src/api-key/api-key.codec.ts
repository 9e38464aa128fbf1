import { createHash, randomBytes } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { crc32 } from 'node:zlib';
import { err, ok, type Result } from '@hetao/kernel';
import { apiKeyErrors, type ApiKeyError } from './api-key.errors.js';

/** `live` keys act on the real trade; `test` keys exist in demonstrations only and can be told apart in a log. */
export type ApiKeyKind = 'live' | 'test';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_LENGTH = 30; // × log2(62) = 178 bits
const CHECKSUM_LENGTH = 6; // 62^6 > 2^32
const SHAPE = /^hx_(?:live|test)_[0-9A-Za-z]{36}$/;

/** A new key: the only moment its text exists on our side. */
export function makeApiKey(kind: ApiKeyKind): string {
  const body = `hx_${kind}_${randomBase62(SECRET_LENGTH)}`;
  return body + checksum(body);
}

/**
 * Checks form and checksum, so that a typing error or a random guess never costs a database query, and secret
 * scanners can tell a real key from a string that looks like one.
 */
export function readApiKey(text: string): Result<{ readonly kind: ApiKeyKind; readonly hash: Buffer }, ApiKeyError> {
  if (!SHAPE.test(text)) {
    return err(apiKeyErrors.API_KEY_MALFORMED('A key is hx_live_ or hx_test_ and 36 letters and digits.'));
  }
  const body = text.slice(0, -CHECKSUM_LENGTH);
  if (checksum(body) !== text.slice(-CHECKSUM_LENGTH)) {
    return err(apiKeyErrors.API_KEY_MALFORMED('The checksum at the end of the key does not fit the rest of it.'));
  }
  return ok({ kind: text.startsWith('hx_live_') ? 'live' : 'test', hash: hashApiKey(text) });
}

/** SHA-256 of the key: its 178 random bits need no slow hash. */
export function hashApiKey(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** What of a key may be shown again. */
export function visibleParts(text: string): { readonly prefix: string; readonly lastFour: string } {
  return { prefix: text.slice(0, 'hx_live_'.length), lastFour: text.slice(-4) };
}

/** The first of these texts that is neither an address nor a network; undefined when all are. */
export function wrongAddress(addresses: readonly string[]): string | undefined {
  return addresses.find((text) => (!text.includes('/') ? !isIP(text) : !isNetwork(text)));
}

/** Whether an address is in one of these networks, or there are none to be in. */
export function isAmong(addresses: readonly string[], address: string): boolean {
  if (addresses.length === 0) return true;
  const family = isIP(address);
  if (family === 0) return false;
  const list = new BlockList();
  for (const text of addresses) {
    const [network = '', prefix] = text.split('/', 2);
    const kind = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(network, kind);
    else list.addSubnet(network, Number(prefix), kind);
  }
  return list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function isNetwork(text: string): boolean {
  const [network = '', prefix = '', ...more] = text.split('/');
  const bits = isIP(network) === 6 ? 128 : isIP(network) === 4 ? 32 : 0;
  return more.length === 0 && /^[0-9]{1,3}$/.test(prefix) && bits > 0 && Number(prefix) <= bits;
}

/** CRC-32 (ISO 3309) of everything before it, kind included, as base62: the form GitHub and npm tokens use. */
function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    text = ALPHABET.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 = 4 × 62: bytes above would make the first letters likelier.
      if (byte < 248 && text.length < length) text += ALPHABET.charAt(byte % 62);
    }
  }
  return text;
}
