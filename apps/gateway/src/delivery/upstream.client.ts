import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector } from 'undici';

const CONNECT_MS = 3_000;
const HEADERS_MS = 15_000;
/** A stream may be silent this long before it counts as dead. */
const SILENCE_MS = 30_000;
const CONNECTIONS = 64;

/**
 * The way to merchants' services. Every connection is made here, and only to addresses of the public internet, so that no
 * address a merchant gives, now or after a change of its DNS, leads into our own network (SSRF). The address that was
 * checked is the one connected to: nobody asks the DNS twice.
 */
export function upstreamAgent(privateAllowed: boolean): Agent {
  const connect = buildConnector({ timeout: CONNECT_MS, lookup: privateAllowed ? lookup : publicLookup });
  return new Agent({
    connections: CONNECTIONS,
    headersTimeout: HEADERS_MS,
    bodyTimeout: SILENCE_MS,
    connect: (options, done) => {
      // A bare address is connected to without any look-up.
      const literal = options.hostname.replace(/^\[|\]$/g, '');
      const isRefused = !privateAllowed && ipaddr.isValid(literal) && !isPublicAddress(literal);
      if (isRefused) done(new PrivateAddressError(literal), null);
      else connect(options, done);
    },
  });
}

const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, []);
    const isRefused = addresses.some(({ address }) => !isPublicAddress(address));
    return isRefused ? done(new PrivateAddressError(hostname), []) : done(null, addresses);
  });
};

/** A merchant's address leads somewhere that is none of his business. */
export class PrivateAddressError extends Error {
  constructor(hostname: string) {
    super(`${hostname} does not lead to the public internet`);
    this.name = 'PrivateAddressError';
  }
}

/** Whether an address is a plain unicast address of the public internet, also behind IPv4-mapped forms. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
}
