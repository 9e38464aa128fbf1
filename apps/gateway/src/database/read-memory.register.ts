import { Injectable } from '@nestjs/common';
import { asEveryTenant, type Tx } from '@hetao/persistence';

/**
 * Nothing older than this is gone by, in ms. What another process revokes is felt here within it; what this one revokes,
 * at once.
 */
const GOOD_FOR_MS = 400;
/** From this age on the next read asks anew beside its answer, so that nobody who calls often ever waits. */
const ASK_AGAIN_MS = 200;
const MOST_KEPT = 10_000;

interface Kept<T> {
  readonly value: T;
  readonly readAt: number;
  isAskedFor: boolean;
}

/** The reads of one kind. What was not found is not remembered: something new works at once. */
export class Recent<T extends object> {
  readonly #load: (key: string) => Promise<T | undefined>;
  readonly #kept = new Map<string, Kept<T>>();
  readonly #coming = new Map<string, Promise<T | undefined>>();

  constructor(load: (key: string) => Promise<T | undefined>) {
    this.#load = load;
  }

  /** As it stands now, or stood less than half a second ago. Many that ask at once cost one read. */
  async read(key: string): Promise<T | undefined> {
    const known = this.#kept.get(key);
    const age = known === undefined ? Infinity : performance.now() - known.readAt;
    if (known === undefined || age > GOOD_FOR_MS) return this.#ask(key);
    if (age > ASK_AGAIN_MS && !known.isAskedFor) {
      known.isAskedFor = true;
      // Whoever comes after its time is over asks himself, and is told what is wrong.
      this.#ask(key).catch(() => undefined);
    }
    return known.value;
  }

  /** Reads one anew the next time. */
  drop(key: string): void {
    this.#kept.delete(key);
    this.#coming.delete(key);
  }

  /** Reads everything anew the next time; what is being read now was perhaps read before the change. */
  clear(): void {
    this.#kept.clear();
    this.#coming.clear();
  }

  #ask(key: string): Promise<T | undefined> {
    const coming = this.#coming.get(key);
    if (coming !== undefined) return coming;
    const startedAt = performance.now();
    const asked = this.#load(key);
    this.#coming.set(key, asked);
    const settle = (value?: T): void => {
      if (this.#coming.get(key) !== asked) return;
      this.#coming.delete(key);
      this.#kept.delete(key);
      if (value !== undefined) this.#keep(key, value, startedAt);
    };
    asked.then(settle, () => settle());
    return asked;
  }

  #keep(key: string, value: T, readAt: number): void {
    // A map keeps the order of its making: the first is the oldest.
    const [oldest] = this.#kept.size < MOST_KEPT ? [] : this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, { value, readAt, isAskedFor: false });
  }
}

/**
 * What every request asks the database for (whose key this is, what a licence allows), for less than half a second. The
 * answers to one busy caller are then read a few times a second instead of some thousand times.
 */
@Injectable()
export class ReadMemory {
  readonly #kinds: { clear(): void }[] = [];

  /** A kind of reads; `load` gives today's state of one, or undefined where there is none. */
  of<T extends object>(load: (key: string) => Promise<T | undefined>): Recent<T> {
    // What is remembered answers whoever asks next, whatever organisation the first one spoke for.
    const recent = new Recent((key) => asEveryTenant(() => load(key)));
    this.#kinds.push(recent);
    return recent;
  }

  /** Once the transaction has changed what requests go by, the next one sees it. */
  clearAfter(tx: Pick<Tx, 'onCommitted'>): void {
    tx.onCommitted(() => this.clear());
  }

  /** Something was changed here: the next request sees it. */
  clear(): void {
    for (const kind of this.#kinds) kind.clear();
  }
}
