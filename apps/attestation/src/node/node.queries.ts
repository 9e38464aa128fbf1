import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@hetao/persistence';
import type { NodeAlarm, PeerStatus, SeenCheckpoint } from './node-alarm.js';
import { NodeKeys } from './node.keys.js';
import { NodeRepository } from './node.repository.js';

/** What is known of the other node, and what it and we are accused of. */
@Injectable()
export class NodeAlarms {
  readonly #uow: UnitOfWork;
  readonly #node: NodeRepository;
  readonly #keys: NodeKeys;

  constructor(uow: UnitOfWork, node: NodeRepository, keys: NodeKeys) {
    this.#uow = uow;
    this.#node = node;
    this.#keys = keys;
  }

  /** The other node's last checkpoint that was believed, with our signature. */
  async seen(): Promise<SeenCheckpoint | null> {
    const { peer } = this.#keys;
    return peer === undefined ? null : this.#uow.run((tx) => this.#node.seen(tx, peer.logKey.name));
  }

  /** How things stand with each node that is watched: one, or none. */
  async peers(): Promise<PeerStatus[]> {
    const { peer, ownLogKey } = this.#keys;
    if (peer === undefined) return [];
    return [await this.#uow.run((tx) => this.#node.status(tx, peer.logKey.name, ownLogKey.name))];
  }

  list(afterId: string, limit: number): Promise<NodeAlarm[]> {
    return this.#uow.run((tx) => this.#node.alarms(tx, afterId, limit));
  }

  /** Notes that somebody has looked into it; the alarm itself stays for ever. */
  acknowledge(id: string, at: Date, by: string): Promise<NodeAlarm | null> {
    return this.#uow.run((tx) => this.#node.acknowledge(tx, id, at, by));
  }
}
