import { setTimeout as sleep } from 'node:timers/promises';

/** Thrown out of a wait or a retry when the consumer stops or loses its partition: neither success nor failure. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted: the event was not finished and will be delivered again.');
  }
}

/** Waits, but not longer than the signal allows. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw new Interrupted();
  }
}

export function throwIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new Interrupted();
}

/** Doubles from the first delay to the longest; half of it is chance, so that rivals do not return together. */
export function backoffMs(
  attempt: number,
  bounds: { readonly firstDelayMs: number; readonly longestDelayMs: number },
): number {
  const ceiling = Math.min(bounds.firstDelayMs * 2 ** Math.min(attempt - 1, 30), bounds.longestDelayMs);
  return ceiling / 2 + Math.random() * (ceiling / 2);
}

/** Resolves with true when the work ended within the bound, with false when it did not. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const bound = new AbortController();
  const late = sleep(ms, false, { signal: bound.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    bound.abort();
  }
}

/** Wakes one waiting loop. A ring while nobody waits is remembered, so nothing that happens in between is missed. */
export class Doorbell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Returns at a ring, after `ms` at the latest, or when the signal aborts. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        const end = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          resolve();
        };
        signal.addEventListener('abort', end);
        this.#wake = end;
      });
    }
    this.#rung = false;
    this.#wake = undefined;
  }
}
