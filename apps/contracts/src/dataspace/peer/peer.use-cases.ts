import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { isUniqueViolation, UnitOfWork } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { DataspaceConfig } from '../dataspace.config.js';
import { peerErrors, type PeerError } from './peer.errors.js';
import { PeerRepository } from './peer.repository.js';
import { checkAddress, isUnproven, type Peer, type PeerAuthMode } from './peer.js';
import { hashOf, sealText } from './seal.js';

/** A peer as an operator enters it. */
export interface PeerEntry extends Pick<Peer, 'participantId' | 'organisationId' | 'baseUrl'> {
  readonly auth: PeerAuthMode;
  /** The headers of `static`: the one we send and the one we expect. */
  readonly headers: { readonly sends: string; readonly expects: string } | null;
}

/** Enters a peer, or enters it anew: the participant keeps its id, and processes under way go on with the new entry. */
@Injectable()
export class EnterPeer {
  readonly #uow: UnitOfWork;
  readonly #peers: PeerRepository;
  readonly #config: DataspaceConfig;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    peers: PeerRepository,
    @Inject(SERVICE_CONFIG) config: DataspaceConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#peers = peers;
    this.#config = config;
    this.#clock = clock;
  }

  async execute({ headers, baseUrl, ...entry }: PeerEntry): Promise<Result<Peer, PeerError>> {
    const address = checkAddress(baseUrl, this.#config.DATASPACE_PRIVATE_PEERS);
    if (!address.ok) {
      return err(peerErrors.PEER_ADDRESS_INVALID(address.error.detail, { pointer: '/base_url' }));
    }
    if (this.#config.NODE_ENV === 'production' && isUnproven(entry.auth)) {
      return err(peerErrors.PEER_AUTH_UNPROVEN(`${entry.auth.mode} proves nothing.`, { pointer: '/auth/mode' }));
    }
    const secretSealed = headers && (await sealText('peer-header', this.#config.DATASPACE_SECRET, headers.sends));
    const peer = {
      ...entry,
      id: newId('per'),
      baseUrl: address.value,
      status: 'active' as const,
      secretSealed,
      headerHash: headers && hashOf(headers.expects),
      createdAt: this.#clock.now(),
    };
    try {
      return ok(await this.#uow.run((tx) => this.#peers.save(tx, peer)));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return err(peerErrors.PEER_HEADER_TAKEN('Who comes so is another peer already.', { pointer: '/auth' }));
    }
  }
}

/** Locks a peer out: its messages are refused from now on, and none is sent to it. Entering it anew lets it in again. */
@Injectable()
export class SuspendPeer {
  readonly #uow: UnitOfWork;
  readonly #peers: PeerRepository;

  constructor(uow: UnitOfWork, peers: PeerRepository) {
    this.#uow = uow;
    this.#peers = peers;
  }

  async execute(id: string): Promise<Result<Peer, PeerError>> {
    const peer = await this.#peers.byId(id);
    if (peer === undefined) return err(peerErrors.PEER_UNKNOWN(`There is no peer ${id}.`));
    await this.#uow.run((tx) => this.#peers.suspend(tx, id));
    return ok({ ...peer, status: 'suspended' });
  }
}
