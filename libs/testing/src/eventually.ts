import { setTimeout as pause } from 'node:timers/promises';
import { types } from 'node:util';

export interface EventuallyOptions {
  /** Default 5 s. */
  readonly withinMs?: number;
  /** Pause between two tries; default 20 ms. */
  readonly everyMs?: number;
}

/**
 * Repeats an assertion until it holds, instead of a sleep that is too short on one machine and too long on another.
 *
 * @returns what the assertion returned when it held
 * @throws the assertion's last error, with how long was waited, when it did not hold in time
 */
export async function eventually<T>(assertion: () => T | Promise<T>, options: EventuallyOptions = {}): Promise<T> {
  const { withinMs = 5_000, everyMs = 20 } = options;
  const deadline = performance.now() + withinMs;
  for (let tries = 1; ; tries += 1) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() >= deadline) {
        const last = types.isNativeError(error) ? error : new Error(String(error));
        last.message = `Did not hold within ${withinMs} ms (${tries} tries): ${last.message}`;
        throw last;
      }
      await pause(everyMs);
    }
  }
}
