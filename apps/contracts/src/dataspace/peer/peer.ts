import { err, ok, outsideAddress, type Result } from '@hetao/kernel';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';

/** How a peer proves who it is, and how we prove it to the peer. What is secret is kept apart, sealed. */
export type PeerAuthMode =
  | { readonly mode: 'none' }
  | { readonly mode: 'static' }
  | { readonly mode: 'edc-mock' }
  | {
      readonly mode: 'bearer-jwt';
      /** The peer's public keys, JWKS. */
      readonly keys: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
    };

/** Another participant of the dataspace, as the operator of this exchange entered it. */
export interface Peer {
  readonly id: string;
  /** As in `did:web:alba.example`; compared as an exact text. */
  readonly participantId: string;
  /** The organisation of this exchange it stands for: what it buys or sells here, that organisation does. */
  readonly organisationId: string;
  /** Its base for 2025-1, without a slash at the end. */
  readonly baseUrl: string;
  readonly auth: PeerAuthMode;
  readonly status: 'active' | 'suspended';
}

/** Modes in which anybody can say he is anybody: for tests and demonstrations. */
const UNPROVEN: ReadonlySet<string> = new Set(['none', 'edc-mock']);

export function isUnproven({ mode }: PeerAuthMode): boolean {
  return UNPROVEN.has(mode);
}

/**
 * An address a peer gave, as far as its text tells: http(s), a host, nothing that hides a credential or changes the
 * paths put behind it. Where its name leads is checked at every call.
 *
 * @param plainHttpAllowed for a demo or a test; the public internet gets TLS only.
 * @returns the address without a slash at its end, or DSP_CALLBACK_NOT_SUPPORTED.
 */
export function checkAddress(text: string, plainHttpAllowed: boolean): Result<string, DataspaceError> {
  const address = outsideAddress(text, { plainHttpAllowed, queryAllowed: false });
  if (!address.ok) return err(dataspaceErrors.DSP_CALLBACK_NOT_SUPPORTED(address.error));
  return ok(address.value.replace(/\/+$/, ''));
}

/** Whether both addresses are of one origin: a peer is called only where its operator said it lives. */
export function isSameOrigin(one: string, other: string): boolean {
  const origin = URL.parse(one)?.origin;
  return origin !== undefined && origin === URL.parse(other)?.origin;
}
