import { Inject, Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { DataspaceConfig } from '../dataspace.config.js';
import { PeerRepository, type StoredPeer } from './peer.repository.js';
import { PeerTokens } from './peer.tokens.js';
import { isUnproven, type Peer } from './peer.js';
import { hashOf, openText } from './seal.js';

/** How peers prove who they are, both ways. What a header contains is outside of the protocol, so this is a port. */
export interface PeerAuth {
  /** The Authorization header to send to a peer; undefined: none. */
  outgoing(peer: Peer): Promise<string | undefined>;
  /** Who sent this header; undefined: nobody we know. */
  incoming(header: string | undefined): Promise<Peer | undefined>;
}

/** Injects the {@link PeerAuth} of this exchange. */
export const PEER_AUTH = Symbol('hetao.dataspace.peer-auth');

/** Longer is no token of anybody. */
const MAX_HEADER = 8_192;

/** The modes of reference 3 that need no other party: none, static, edc-mock, bearer-jwt. Chosen for each peer. */
@Injectable()
export class ConfiguredPeerAuth implements PeerAuth {
  readonly #peers: PeerRepository;
  readonly #tokens: PeerTokens;
  readonly #config: DataspaceConfig;

  constructor(peers: PeerRepository, tokens: PeerTokens, @Inject(SERVICE_CONFIG) config: DataspaceConfig) {
    this.#peers = peers;
    this.#tokens = tokens;
    this.#config = config;
  }

  async outgoing(peer: Peer): Promise<string | undefined> {
    switch (peer.auth.mode) {
      case 'none':
        return undefined;
      case 'edc-mock':
        return this.#mockHeader(peer);
      case 'bearer-jwt':
        return `Bearer ${await this.#tokens.issue(peer.participantId)}`;
      case 'static': {
        const sealed = (await this.#peers.byId(peer.id))?.secretSealed ?? null;
        return sealed === null ? undefined : openText('peer-header', this.#config.DATASPACE_SECRET, sealed);
      }
    }
  }

  async incoming(header: string | undefined): Promise<Peer | undefined> {
    if (header !== undefined && header.length > MAX_HEADER) return undefined;
    const peer = await this.#identify(header);
    if (peer?.status !== 'active') return undefined;
    // A peer entered before the exchange went into production is no way in.
    if (this.#config.NODE_ENV === 'production' && isUnproven(peer.auth)) return undefined;
    return peer;
  }

  async #identify(header: string | undefined): Promise<StoredPeer | undefined> {
    if (header === undefined || header === '') return this.#peers.byMode('none');
    // First what tells whose it is; no look-up is spent on the headers of others.
    const named = header.startsWith('Bearer ')
      ? await this.#byToken(header.slice('Bearer '.length))
      : await this.#byMock(header);
    if (named !== undefined) return named;
    // Found by its hash: the comparison tells nothing about the header.
    const known = await this.#peers.byHeader(hashOf(header));
    return known?.auth.mode === 'static' ? known : undefined;
  }

  async #byToken(token: string): Promise<StoredPeer | undefined> {
    const participantId = claimedBy(token);
    if (participantId === undefined) return undefined;
    const peer = await this.#peers.byParticipant(participantId);
    if (peer?.auth.mode !== 'bearer-jwt') return undefined;
    return (await this.#tokens.isValid(token, participantId, peer.auth.keys)) ? peer : undefined;
  }

  async #byMock(header: string): Promise<StoredPeer | undefined> {
    const participantId = clientOf(header);
    const peer = participantId === undefined ? undefined : await this.#peers.byParticipant(participantId);
    return peer?.auth.mode === 'edc-mock' ? peer : undefined;
  }

  #mockHeader(peer: Peer): string {
    const clientId = this.#config.DATASPACE_PARTICIPANT_ID;
    return JSON.stringify({ region: 'any', audience: peer.participantId, clientId });
  }
}

/** Whose token it says it is; whether that is true is for the signature to say. */
function claimedBy(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined; // No token at all.
  }
}

function clientOf(header: string): string | undefined {
  try {
    const { clientId } = JSON.parse(header) as { readonly clientId?: unknown };
    return typeof clientId === 'string' ? clientId : undefined;
  } catch {
    return undefined; // No mock header.
  }
}
