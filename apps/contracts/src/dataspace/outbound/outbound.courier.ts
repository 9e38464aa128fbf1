import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { LOGGER, type OnServiceOpen } from '@hetao/runtime';
import { OutboundListeners } from './outbound-listeners.js';
import type { OutboundMessage } from './outbound.repository.js';
import { OutboundRoute } from './outbound.route.js';

const BATCH = 100;
/** Timers of Node hold about 24 days; looking once an hour costs nothing. */
const LONGEST_SLEEP_MS = 3_600_000;
/** After a failure of ours (no database): the message keeps its lease, the timer tries again. */
const TROUBLE_PAUSE_MS = 1_000;
/** Messages under way at a time; more would only wait for the same connections to the database. */
const MAX_UNDER_WAY = 32;

/**
 * Carries messages to peers. Woken by the commit that wrote a message, and by one timer that is set to when the next
 * attempt is due: nothing is asked for again and again.
 */
@Injectable()
export class OutboundCourier implements OnServiceOpen, BeforeApplicationShutdown {
  readonly #route: OutboundRoute;
  readonly #listeners: OutboundListeners;
  readonly #uow: UnitOfWork;
  readonly #logger: Logger;
  readonly #stop = new AbortController();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;
  #looking: Promise<void> = Promise.resolve();

  constructor(route: OutboundRoute, listeners: OutboundListeners, uow: UnitOfWork, @Inject(LOGGER) logger: Logger) {
    this.#route = route;
    this.#listeners = listeners;
    this.#uow = uow;
    this.#logger = logger;
  }

  /** What a process before us left, and what waits for its time, goes on. */
  onServiceOpen(): Promise<void> {
    this.wakeIn(0);
    return Promise.resolve();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.all(this.#underWay.values());
  }

  /** How long a process keeps a message to itself, in ms. */
  get holdMs(): number {
    return this.#route.holdMs;
  }

  /** Sends a message this process holds, once the request that caused it was answered. */
  carry(message: OutboundMessage, afterwards: Promise<void> = Promise.resolve()): void {
    if (this.#stop.signal.aborted || this.#underWay.has(message.seq)) return;
    const done = afterwards
      .then(() => this.#inTurn(() => this.#attempt(message)))
      .catch((error: unknown) => this.#trouble(message, error))
      .finally(() => this.#underWay.delete(message.seq));
    this.#underWay.set(message.seq, done);
  }

  /** First come, first served. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    if (this.#running >= MAX_UNDER_WAY) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      await work();
    } finally {
      const next = this.#waiting.shift();
      // Whoever waited takes the place over; otherwise it is free.
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  /** Looks for what is due in this many ms, or earlier. */
  wakeIn(ms: number): void {
    const pauseMs = Math.min(ms, LONGEST_SLEEP_MS);
    const at = performance.now() + pauseMs;
    if (this.#stop.signal.aborted || at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => {
      this.#timerAt = Infinity;
      this.#looking = this.#look();
    }, pauseMs).unref();
  }

  /** Never rejects: a database that is away now may be back in a moment. */
  async #look(): Promise<void> {
    try {
      const due = await this.#route.messages.claimDue(this.holdMs, BATCH);
      for (const message of due) this.carry(message);
      const inMs = due.length === BATCH ? 0 : await this.#route.messages.nextDueInMs();
      if (inMs !== null) this.wakeIn(Math.max(inMs, 1));
    } catch (error) {
      this.#logger.warn({ err: error }, 'Messages to peers could not be looked up; it is tried again');
      this.wakeIn(TROUBLE_PAUSE_MS);
    }
  }

  /** A fault of ours, such as a database that was away; what the peer took is sent again, and it knows it by its `@id`. */
  async #trouble(message: OutboundMessage, error: unknown): Promise<void> {
    this.#logger.error({ err: error, ...about(message) }, 'A message could not be carried; it is tried again');
    const soon = { ms: TROUBLE_PAUSE_MS, attempts: message.attempts, fault: null };
    // Where this fails as well, the message is due when its lease ends.
    await this.#route.messages.postpone(message.seq, soon).catch(() => undefined);
    this.wakeIn(TROUBLE_PAUSE_MS);
  }

  async #attempt(message: OutboundMessage): Promise<void> {
    const outcome = await this.#route.send(message, this.#stop.signal, this.#listeners.of(message.kind));
    switch (outcome.kind) {
      case 'delivered':
        return this.#delivered(message, outcome.body);
      case 'given-up':
        return this.#givenUp(message, outcome.fault);
      case 'cut-off':
        // Whoever starts next sends it at once.
        return this.#route.messages.postpone(message.seq, { ms: 0, attempts: message.attempts, fault: null });
      case 'again': {
        const { inMs, fault } = outcome;
        const attempts = message.attempts + 1;
        this.#logger.info({ ...about(message), attempts, fault, again_in_ms: inMs }, 'A peer did not take a message');
        await this.#route.messages.postpone(message.seq, { ms: inMs, attempts, fault });
        return this.wakeIn(inMs);
      }
    }
  }

  async #delivered(message: OutboundMessage, answer: unknown): Promise<void> {
    const listener = this.#listeners.of(message.kind);
    await this.#uow.run(async (tx) => {
      await listener.lock(tx, message.processId);
      await this.settle(tx, message, answer);
    });
  }

  /** Under the lock of its process: the message arrived. @returns false when that was known. */
  async settle(tx: Tx, message: OutboundMessage, answer: unknown): Promise<boolean> {
    const { done, next } = await this.#route.messages.deliver(tx, message.seq, this.holdMs);
    if (!done) return false;
    await this.#listeners.of(message.kind).delivered(tx, message, answer);
    if (next !== undefined) tx.onCommitted(() => this.carry(next));
    return true;
  }

  async #givenUp(message: OutboundMessage, why: string): Promise<void> {
    const listener = this.#listeners.of(message.kind);
    await this.#uow.run(async (tx) => {
      await listener.lock(tx, message.processId);
      // Settled meanwhile by the peer's next message: then it did arrive.
      if ((await this.#route.messages.cancel(tx, message.processId, why)) === 0) return;
      this.#logger.warn({ ...about(message), why }, 'A message to a peer was given up');
      await listener.givenUp(tx, message, why);
    });
  }
}

function about({ kind, peerId, processId, message }: OutboundMessage) {
  return {
    process_kind: kind,
    peer: peerId,
    process: processId,
    message: message['@type'],
    message_id: message['@id'],
  };
}
