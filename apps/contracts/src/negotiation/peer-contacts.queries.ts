import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { PeerDirectory } from '../dataspace/peer/peer.directory.js';
import { peerErrors, type PeerError } from '../dataspace/peer/peer.errors.js';
import type { Counterpart } from './negotiation.js';

/** A peer one can begin a negotiation with. */
export interface PeerContact {
  readonly peer: Counterpart;
  /** The organisation here that it stands for. */
  readonly organisationId: string;
}

/** Finds the peers that negotiations are begun with. */
@Injectable()
export class PeerContacts {
  readonly #peers: PeerDirectory;

  constructor(peers: PeerDirectory) {
    this.#peers = peers;
  }

  async of(peerId: string): Promise<Result<PeerContact, PeerError>> {
    const peer = await this.#peers.byId(peerId);
    if (peer?.status !== 'active') return err(peerErrors.PEER_UNKNOWN(`There is no active peer ${peerId}.`));
    const { id, participantId, baseUrl, organisationId } = peer;
    return ok({ peer: { peerId: id, participantId, baseUrl }, organisationId });
  }
}
