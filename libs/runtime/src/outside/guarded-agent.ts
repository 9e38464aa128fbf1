import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector } from 'undici';

/** Bounds of the calls one agent makes. Times in ms. */
export interface GuardedAgentOptions {
  /** Lets calls into private and loopback networks: for a demo or a test that plays the outside on this machine. */
  readonly privateAllowed: boolean;
  readonly connectMs: number;
  /** Longest wait for the first line of an answer. */
  readonly headersMs: number;
  /** A stream may be silent this long before it counts as dead. */
  readonly silenceMs: number;
  /** Most connections to one host. */
  readonly connections: number;
}

/**
 * The way to addresses that somebody else gave us. Every connection is made here, and only to addresses of the public
 * internet, so that none of them, now or after a change of its DNS, leads into our own network (SSRF). The address that
 * was checked is the one connected to: nobody asks the DNS twice. Redirects are not followed.
 */
export function guardedAgent(options: GuardedAgentOptions): Agent {
  const { privateAllowed, connections, headersMs, silenceMs } = options;
  const connect = buildConnector({
    timeout: options.connectMs,
    lookup: privateAllowed ? lookup : publicLookup,
  });
  return new Agent({
    connections,
    headersTimeout: headersMs,
    bodyTimeout: silenceMs,
    connect: (target, done) => {
      // A bare address is connected to without any look-up.
      const literal = target.hostname.replace(/^\[|\]$/g, '');
      const isRefused = !privateAllowed && ipaddr.isValid(literal) && !isPublicAddress(literal);
      if (isRefused) done(new PrivateAddressError(literal), null);
      else connect(target, done);
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

/** An address leads somewhere that is none of its giver's business. */
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
