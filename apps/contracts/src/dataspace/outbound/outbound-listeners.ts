import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { Attempt } from './delivery-rules.js';
import type { OutboundMessage, ProcessKind } from './outbound.repository.js';

/** What a part of the protocol does when its messages arrive, or do not. Each runs in a transaction of its own. */
export interface OutboundListener {
  /** Takes the lock of the process; first, so that everybody who decides about it does so in one order. */
  lock(tx: Tx, processId: string): Promise<void>;
  /**
   * The peer acknowledged: our side of the state changes now.
   *
   * @param answer what it answered, as JSON; undefined when it was nothing, or the peer's next message was the answer.
   */
  delivered(tx: Tx, sent: OutboundMessage, answer: unknown): Promise<void>;
  /** It will never arrive; nothing of this process is sent any more unless this enqueues it. `why` is for the operator. */
  givenUp(tx: Tx, sent: OutboundMessage, why: string): Promise<void>;
  /** One attempt of a kind that is no message of the protocol; it may take longer than the lease. */
  send?(sent: OutboundMessage, signal: AbortSignal): Promise<Attempt>;
}

/** Who hears what came of the messages of a kind. */
@Injectable()
export class OutboundListeners {
  readonly #listeners = new Map<ProcessKind, OutboundListener>();

  set(kind: ProcessKind, listener: OutboundListener): void {
    if (this.#listeners.has(kind)) throw new Error(`Two listeners for messages of a ${kind}.`);
    this.#listeners.set(kind, listener);
  }

  of(kind: ProcessKind): OutboundListener {
    const listener = this.#listeners.get(kind);
    if (listener === undefined) throw new Error(`Nobody listens for messages of a ${kind}.`);
    return listener;
  }
}
