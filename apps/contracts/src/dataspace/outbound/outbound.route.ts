import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { DataspaceConfig } from '../dataspace.config.js';
import { PeerDirectory } from '../peer/peer.directory.js';
import { judgeAttempt, type Attempt, type Verdict } from './delivery-rules.js';
import type { OutboundListener } from './outbound-listeners.js';
import { OutboundRepository, type OutboundMessage } from './outbound.repository.js';
import { PeerClient } from './peer.client.js';

/** What one attempt came to; `cut-off` when our own stop ended it. */
export type Outcome = Verdict | { readonly kind: 'cut-off' };

/** Where messages lie, and the way they take. */
@Injectable()
export class OutboundRoute {
  readonly messages: OutboundRepository;
  readonly #client: PeerClient;
  readonly #peers: PeerDirectory;
  readonly #config: DataspaceConfig;

  constructor(
    messages: OutboundRepository,
    client: PeerClient,
    peers: PeerDirectory,
    @Inject(SERVICE_CONFIG) config: DataspaceConfig,
  ) {
    this.messages = messages;
    this.#client = client;
    this.#peers = peers;
    this.#config = config;
  }

  /** How long a process keeps a message to itself, in ms. */
  get holdMs(): number {
    return this.#config.DATASPACE_LEASE_MS;
  }

  /** One attempt, judged. Never throws for what the peer does. */
  async send(message: OutboundMessage, signal: AbortSignal, listener: OutboundListener): Promise<Outcome> {
    const work = listener.send?.(message, signal);
    const attempt = work === undefined ? await this.#post(message, signal) : await this.#held(message, work);
    if (signal.aborted && attempt.kind === 'unreachable') return { kind: 'cut-off' };
    return judgeAttempt(attempt, message.attempts + 1, this.#config.DATASPACE_RETRY_MS);
  }

  async #post({ peerId, url, message }: OutboundMessage, signal: AbortSignal): Promise<Attempt> {
    const peer = await this.#peers.byId(peerId);
    if (peer?.status !== 'active') return { kind: 'forbidden', fault: `Peer ${peerId} was suspended` };
    return this.#client.call(peer, { method: 'POST', url, message, signal });
  }

  /** What takes longer than the lease keeps it alive, or another process would begin the same. */
  async #held(message: OutboundMessage, work: Promise<Attempt>): Promise<Attempt> {
    const hold = { ms: this.holdMs, attempts: message.attempts, fault: null };
    const heartbeat = setInterval(() => {
      // A beat that fails is made up for by the next one.
      this.messages.postpone(message.seq, hold).catch(() => undefined);
    }, this.holdMs / 3);
    try {
      return await work;
    } finally {
      clearInterval(heartbeat);
    }
  }
}
