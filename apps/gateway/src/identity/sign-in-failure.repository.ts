import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { failuresNow, waitMs, type ThrottleLimits } from './sign-in-throttle.js';

/** One thing that tries are counted by. */
export interface Throttled {
  readonly kind: 'email' | 'address' | 'code' | 'device';
  readonly value: string;
  readonly limits: ThrottleLimits;
}

interface FailureRow {
  readonly failures: number;
  readonly last_failure_at: Date;
}

@Injectable()
export class SignInFailureRepository {
  readonly #clock: Clock;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts a try before it is looked at, under a lock: a thousand guesses sent at once are a thousand guesses.
   * Returns how long the caller has to wait, in ms; then nothing was counted and nothing may be looked at.
   */
  async count(tx: Tx, throttled: readonly Throttled[]): Promise<number> {
    const now = this.#clock.now();
    // Always locked in one order, so that two tries cannot wait for each other.
    const subjects = throttled
      .map((entry) => ({ ...entry, key: keyOf(entry) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    let wait = 0;
    const next: { key: string; failures: number }[] = [];
    for (const { key, limits } of subjects) {
      await tx.execute(
        `INSERT INTO sign_in_failures (subject, failures, last_failure_at) VALUES ($1, 0, $2)
         ON CONFLICT (subject) DO NOTHING`,
        [key, now],
      );
      const [row] = await tx.query<FailureRow>(
        'SELECT failures, last_failure_at FROM sign_in_failures WHERE subject = $1 FOR UPDATE',
        [key],
      );
      const tries = row && { failures: row.failures, lastFailureAt: row.last_failure_at };
      wait = Math.max(wait, waitMs(tries, now, limits));
      next.push({ key, failures: failuresNow(tries, now, limits) + 1 });
    }
    if (wait > 0) return wait;
    for (const { key, failures } of next) {
      await tx.execute('UPDATE sign_in_failures SET failures = $2, last_failure_at = $3 WHERE subject = $1', [
        key,
        failures,
        now,
      ]);
    }
    return 0;
  }

  /** The try was right after all: the mailbox starts anew, the place gets its one try back. */
  async forgive(tx: Tx, throttled: readonly Throttled[]): Promise<void> {
    for (const entry of throttled) {
      const sql =
        entry.kind !== 'address'
          ? 'DELETE FROM sign_in_failures WHERE subject = $1'
          : 'UPDATE sign_in_failures SET failures = greatest(0, failures - 1) WHERE subject = $1';
      await tx.execute(sql, [keyOf(entry)]);
    }
  }
}

/** Hashed: a list of whom somebody tried to break into is nobody's business. */
function keyOf({ kind, value }: Throttled): string {
  return `${kind}:${createHash('sha256').update(value).digest('base64url')}`;
}
