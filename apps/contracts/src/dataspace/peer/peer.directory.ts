import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { PeerRepository } from './peer.repository.js';
import type { Peer } from './peer.js';

/** Who the other participants are, without what they told in confidence. */
@Injectable()
export class PeerDirectory {
  readonly #peers: PeerRepository;

  constructor(peers: PeerRepository) {
    this.#peers = peers;
  }

  byId(id: string): Promise<Peer | undefined> {
    return this.#peers.byId(id);
  }

  /** As {@link byId}, on the connection of a transaction. */
  in(tx: Tx, id: string): Promise<Peer | undefined> {
    return this.#peers.in(tx, id);
  }

  byParticipant(participantId: string): Promise<Peer | undefined> {
    return this.#peers.byParticipant(participantId);
  }

  page(after: string | null, limit: number): Promise<Peer[]> {
    return this.#peers.page(after, limit);
  }
}
