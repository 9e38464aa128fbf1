/** How many processes are remembered; a run opens a few hundred. */
const MAX_PROCESSES = 10_000;

/** Goes through the steps of scripts, one list a process: each step when the one before was acknowledged. */
export class ScriptRunner<S extends string> {
  readonly #left = new Map<string, readonly S[]>();

  /** A list begins, in the place of what was left of another. @returns its first step. */
  begin(processId: string, steps: readonly S[]): S | undefined {
    const [oldest] = this.#left.keys();
    if (this.#left.size >= MAX_PROCESSES && oldest !== undefined) this.#left.delete(oldest);
    this.#left.set(processId, steps);
    return this.next(processId);
  }

  /** The next step of the list that was begun. */
  next(processId: string): S | undefined {
    const [step, ...left] = this.#left.get(processId) ?? [];
    this.#left.set(processId, left);
    return step;
  }
}
