import { Injectable } from '@nestjs/common';
import type { ReleaseStanding } from '@hetao/clearance';
import type { Entitlement } from './entitlement.js';

/** What admits usage under one agreement. */
export interface AgreementAccess {
  readonly entitlements: readonly Entitlement[];
  /** Whether usage must be counted against a quota. */
  readonly hasQuota: boolean;
  /** Whether usage must be counted against budgets of the buyer. */
  readonly hasBudget: boolean;
  /** Releases of customs known for the agreement; none means that its data stays within one place. */
  readonly standings: readonly ReleaseStanding[];
}

/** How long an answer may be used without asking the database again: a stop reaches every process within a second. */
const MAX_AGE_MS = 800;
/** Most agreements remembered; beyond it everything is asked again, which is slow but never wrong. */
const MAX_ENTRIES = 20_000;

interface Entry {
  readonly access: AgreementAccess;
  readonly loadedAt: number;
}

/**
 * Who may use what, remembered for less than a second. A change made by this process is forgotten as soon as it
 * commits; one made by another process is seen when the entry has aged.
 */
@Injectable()
export class AccessCache {
  readonly #entries = new Map<string, Entry>();
  #generation = 0;

  /** Counts forgettings: what was read before one must not be kept after it. */
  get generation(): number {
    return this.#generation;
  }

  find(agreementId: string): AgreementAccess | undefined {
    const entry = this.#entries.get(agreementId);
    // Monotonic time: the clock on the wall may be set, and the entry would live on.
    return entry && performance.now() - entry.loadedAt <= MAX_AGE_MS ? entry.access : undefined;
  }

  /** @param generation as it was before the access was read. @param loadedAt performance.now() at that time. */
  keep(access: ReadonlyMap<string, AgreementAccess>, generation: number, loadedAt: number): void {
    if (generation !== this.#generation) return;
    if (this.#entries.size + access.size > MAX_ENTRIES) this.#entries.clear();
    for (const [agreementId, one] of access) this.#entries.set(agreementId, { access: one, loadedAt });
  }

  /** Everything is asked again. Grants, stops and releases change seldom; telling them apart would not pay. */
  forget(): void {
    this.#generation += 1;
    this.#entries.clear();
  }
}
