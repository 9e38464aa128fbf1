import { databaseFailure } from '@hetao/persistence';
import type { Logger } from '../logger.js';
import { backoffMs, pause, throwIfInterrupted } from './waiting.js';

const WAIT = { firstDelayMs: 100, longestDelayMs: 5_000 };

/**
 * True when a failure says nothing about the event: the database is away, full, refuses us, or others hold the lock. To
 * park events for that would empty every topic into the dead letters during an outage. A statement that took too long
 * (57014) is different: the same event may well cause it each time.
 */
export function isInfrastructureFailure(error: unknown): boolean {
  switch (databaseFailure(error)) {
    case 'unreachable':
    case 'full':
    case 'exhausted':
    case 'refused':
    case 'conflict':
      return true;
    case 'timeout':
      return hasCode(error, '55P03');
    case 'other':
      return false;
  }
}

function hasCode(error: unknown, code: string): boolean {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    if (Reflect.get(current, 'code') === code) return true;
    current = current.cause;
  }
  return false;
}

/** Says since when something waits for its infrastructure; health reads it. */
export class Obstacle {
  #waiting = 0;
  #reason = '';

  get reason(): string | undefined {
    return this.#waiting > 0 ? this.#reason : undefined;
  }

  enter(error: unknown): void {
    this.#waiting += 1;
    this.#reason = error instanceof Error ? error.message : String(error);
  }

  leave(): void {
    this.#waiting -= 1;
  }
}

export interface Patience {
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly obstacle: Obstacle;
}

/**
 * Runs the work again and again while it fails for reasons outside it, for as long as it takes; only the signal ends
 * the waiting (Interrupted). Other failures are thrown as they are.
 */
export async function patiently<T>(work: () => Promise<T>, { signal, logger, obstacle }: Patience): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    throwIfInterrupted(signal);
    try {
      return await work();
    } catch (error) {
      if (!isInfrastructureFailure(error)) throw error;
      const waitMs = backoffMs(attempt, WAIT);
      logger.warn({ err: error, attempt, waitMs: Math.round(waitMs) }, 'The database cannot be used; waiting for it');
      obstacle.enter(error);
      try {
        await pause(waitMs, signal);
      } finally {
        obstacle.leave();
      }
    }
  }
}
