import { Injectable } from '@nestjs/common';
import { DomainException } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { lookAtLog, openCheckpoint, type LogSighting } from '@hetao/proofs';
import { LogQueries } from '../log/log.queries.js';
import { NodeKeys, type Peer } from './node.keys.js';
import type { NodeAlarm } from './node-alarm.js';
import { NodeRepository } from './node.repository.js';
import { PeerClient } from './peer.client.js';

type NewAlarm = Omit<NodeAlarm, 'id' | 'acknowledgedAt'>;

/** What one look at the other node brought. */
export interface WatchReport {
  readonly peer: LogSighting['state'];
  /** Alarms that are new. */
  readonly raised: readonly string[];
}

/**
 * One turn of the cross-check. First: is the other node's log still the one we saw before? If so we sign what we saw.
 * Second: what did the other node see of ours, and is that what our log holds? A log that shows different people
 * different trees cannot pass both.
 */
@Injectable()
export class WatchPeer {
  readonly #uow: UnitOfWork;
  readonly #node: NodeRepository;
  readonly #log: LogQueries;
  readonly #keys: NodeKeys;

  constructor(uow: UnitOfWork, node: NodeRepository, log: LogQueries, keys: NodeKeys) {
    this.#uow = uow;
    this.#node = node;
    this.#log = log;
    this.#keys = keys;
  }

  /** Whom there is to watch, and how often; nothing where this node stands alone. */
  get duty(): { readonly peer: Peer; readonly intervalMs: number } | undefined {
    const { peer, intervalMs } = this.#keys;
    return peer && { peer, intervalMs };
  }

  /** @throws DomainException PEER_UNREACHABLE: no answer is no alarm. */
  async execute(peer: Peer, at: Date): Promise<WatchReport> {
    const client = new PeerClient(peer.url);
    const origin = peer.logKey.name;
    try {
      const [theirs, ours] = [await this.#look(peer, client, at), await this.#compare(peer, client, at)];
      const shown = theirs.size === undefined ? {} : { shownSize: theirs.size };
      await this.#uow.run((tx) => this.#node.noteLook(tx, { origin, at, ...shown }));
      return { peer: theirs.state, raised: [...theirs.raised, ...ours] };
    } catch (error) {
      if (!(error instanceof DomainException)) throw error;
      await this.#uow.run((tx) => this.#node.noteLook(tx, { origin, at, failure: error.problem.detail }));
      throw error;
    }
  }

  async #look(
    { logKey }: Peer,
    client: PeerClient,
    at: Date,
  ): Promise<{ state: LogSighting['state']; size?: number; raised: string[] }> {
    const published = await client.checkpoint();
    const seen = (await this.#uow.run((tx) => this.#node.seen(tx, logKey.name))) ?? undefined;
    const proof = (from: number, to: number): Promise<readonly string[]> => client.proof(from, to);
    const sighting = await lookAtLog({ trust: { logs: [logKey] }, seen, published, proof });
    if (sighting.state === 'alarm') {
      const evidence = { seen: seen?.note ?? null, shown: published };
      const { alarm, detail } = sighting;
      return {
        state: 'alarm',
        raised: await this.#raise({ origin: logKey.name, alarm, detail, evidence, raisedAt: at }),
      };
    }
    if (sighting.state !== 'unchanged') {
      const { origin, size, root } = sighting.checkpoint;
      const note = await this.#keys.vouch(published, logKey, at);
      await this.#uow.run((tx) => this.#node.believe(tx, { origin, size, root, note }, at));
    }
    return { state: sighting.state, size: sighting.checkpoint.size, raised: [] };
  }

  async #compare({ logKey, witnessKey }: Peer, client: PeerClient, at: Date): Promise<string[]> {
    const shown = await client.sighting();
    if (shown === undefined) return [];
    const { note: own } = await this.#log.head();
    const evidence = { seen: own, shown };
    const opened = await openCheckpoint(shown, {
      logs: [this.#keys.ownLogKey],
      witnesses: [witnessKey],
      witnessesNeeded: 1,
    });
    if (!opened.ok) {
      const detail = `What it says it saw of our log is not signed: ${opened.error.detail}`;
      return this.#raise({ origin: logKey.name, alarm: 'sighting_untrusted', detail, evidence, raisedAt: at });
    }
    const { origin, size, root } = opened.value;
    if (await this.#log.had(size, root)) {
      await this.#uow.run((tx) =>
        this.#node.keepWitnessed(tx, { origin, size, root, note: shown }, witnessKey.name, at),
      );
      return [];
    }
    const { size: latest } = await this.#log.head();
    const alarm = size > latest ? 'rolled_back' : 'fork';
    const detail = `Our key signed ${size} leaves with root ${root} for the other node; this is not what our log of ${latest} leaves holds.`;
    return this.#raise({ origin, alarm, detail, evidence, raisedAt: at });
  }

  async #raise(alarm: NewAlarm): Promise<string[]> {
    const isNew = await this.#uow.run((tx) => this.#node.raise(tx, alarm));
    return isNew ? [`${alarm.origin}: ${alarm.alarm}: ${alarm.detail}`] : [];
  }
}
