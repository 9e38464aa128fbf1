import { Injectable } from '@nestjs/common';
import { newUuid } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { answered } from '../http/answer-first.js';
import type { WireMessage } from '../wire/context.js';
import { validateSent } from '../wire/validate-sent.js';
import { OutboundCourier } from './outbound.courier.js';
import { OutboundListeners, type OutboundListener } from './outbound-listeners.js';
import { OutboundRepository, type NewMessage, type ProcessKind } from './outbound.repository.js';

/** A message to a peer, about a process of ours. */
export interface Dispatch {
  readonly kind: ProcessKind;
  readonly peerId: string;
  /** Our id of the process: messages of one process leave one after the other. */
  readonly processId: string;
  /** The peer's base for this process, without a slash at the end. */
  readonly baseUrl: string;
  /** Behind the base, as in `/negotiations/request`; ids in it are URL-encoded. */
  readonly path: string;
  readonly message: WireMessage;
  /** Not before so many ms: for scripted reactions. */
  readonly delayMs?: number;
}

/**
 * Sends messages to peers: durable with the transaction that decides on them, in order within their process, again
 * until they arrive or are given up. A message keeps its `@id` over all attempts, so a peer can tell repeats.
 */
@Injectable()
export class OutboundMessages {
  readonly #messages: OutboundRepository;
  readonly #courier: OutboundCourier;
  readonly #listeners: OutboundListeners;

  constructor(messages: OutboundRepository, courier: OutboundCourier, listeners: OutboundListeners) {
    this.#messages = messages;
    this.#courier = courier;
    this.#listeners = listeners;
  }

  /** Says once who hears what came of the messages of a kind. */
  listen(kind: ProcessKind, listener: OutboundListener): void {
    this.#listeners.set(kind, listener);
  }

  /**
   * Writes a message down in this transaction, under the lock of its process; it leaves after the commit, and after the
   * request that is being worked on was answered.
   *
   * @throws Error when the message breaks the protocol's schema: a fault of ours.
   */
  async enqueue(tx: Tx, { baseUrl, path, delayMs = 0, ...dispatch }: Dispatch): Promise<void> {
    const message = validateSent({ '@id': `urn:uuid:${newUuid()}`, ...dispatch.message });
    await this.#write(tx, { ...dispatch, url: `${baseUrl}${path}`, message }, delayMs);
  }

  /** As {@link enqueue}, for what is no message of the protocol but has its place among them: data pushed to a consumer. */
  async enqueueWork(tx: Tx, work: Pick<NewMessage, 'kind' | 'peerId' | 'processId' | 'url'>): Promise<void> {
    await this.#write(tx, { ...work, message: { '@context': [], '@type': work.kind } }, 0);
  }

  async #write(tx: Tx, message: NewMessage, delayMs: number): Promise<void> {
    const afterwards = answered();
    const stored = await this.#messages.insert(tx, message, { holdMs: this.#courier.holdMs, delayMs });
    if (!stored.isNext) return;
    tx.onCommitted(() => {
      if (delayMs > 0) this.#courier.wakeIn(delayMs);
      else this.#courier.carry(stored.message, afterwards);
    });
  }

  /**
   * Under the lock of the process, when a message came that the peer can only have sent after it got ours: ours, whose
   * answer may still be on its way, counts as delivered, and its listener hears so in this transaction.
   *
   * @returns whether there was one.
   */
  async settle(tx: Tx, processId: string): Promise<boolean> {
    const pending = await this.#messages.pending(tx, processId);
    return pending !== undefined && this.#courier.settle(tx, pending, undefined);
  }

  /** Under the lock of the process: sends nothing more of it. */
  async cancel(tx: Tx, processId: string, why: string): Promise<void> {
    await this.#messages.cancel(tx, processId, why);
  }
}
