import type { Tx } from '@hetao/persistence';

/**
 * What a transaction holds locked stays as it is until it ends, so it is read once. Whoever changes such a row in the
 * same transaction forgets it first.
 */
export class HeldRows<V> {
  readonly #byTx = new WeakMap<Tx, Map<string, V>>();

  /** The rows held by this transaction, by their ids. */
  of(tx: Tx): Map<string, V> {
    const known = this.#byTx.get(tx);
    if (known !== undefined) return known;
    const held = new Map<string, V>();
    this.#byTx.set(tx, held);
    return held;
  }

  /** The row, read and kept where it was not held yet; what is not there is looked for again. */
  async once<A extends V | undefined>(tx: Tx, id: string, read: () => Promise<A>): Promise<V | A> {
    const held = this.of(tx);
    const known = held.get(id);
    if (known !== undefined) return known;
    const found = await read();
    if (found !== undefined) held.set(id, found);
    return found;
  }
}
