/** A point in the fixture's code at which a spec can hold it, to see what happens around work in flight. */
export class Gate {
  #reached = Promise.withResolvers<undefined>();
  #opened = Promise.withResolvers<undefined>();
  #closed = false;

  /** From now on whoever arrives waits. */
  close(): void {
    this.#reached = Promise.withResolvers();
    this.#opened = Promise.withResolvers();
    this.#closed = true;
  }

  /** Lets everybody through. */
  open(): void {
    this.#closed = false;
    this.#opened.resolve(undefined);
  }

  /** Resolves when somebody waits at the gate. */
  get reached(): Promise<undefined> {
    return this.#reached.promise;
  }

  async pass(): Promise<void> {
    if (!this.#closed) return;
    this.#reached.resolve(undefined);
    await this.#opened.promise;
  }
}

export const requestGate = new Gate();
export const handlerGate = new Gate();
