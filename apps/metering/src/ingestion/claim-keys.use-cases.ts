import { Injectable } from '@nestjs/common';
import { isUniqueViolation, type Tx } from '@hetao/persistence';
import { type EventKey, inLockOrder, KeyRepository } from './key.repository.js';

/** Keys of a set of batches. */
export interface KeyClaim {
  /** To be claimed: each key once. */
  readonly wanted: readonly EventKey[];
  /** Only asked about: events that are refused, unless they were counted before. */
  readonly asked: readonly EventKey[];
  /** Numbers of the batches that claim. */
  readonly batchNos: readonly number[];
}

/** Some key was claimed before. The transaction is void; it runs again with a more careful kind of claim. */
export class KeysTaken extends Error {}

/**
 * How keys are claimed. `copy`: straight into the unique table, which is cheapest where no event was seen before.
 * `look`: the known ones are looked up and left out of the copy. `insert`: one by one, whoever else claims meanwhile.
 */
export type ClaimMode = 'copy' | 'look' | 'insert';

/** Fewer keys than these are not worth a COPY. */
const FEW = 24;
/** So many claims look first after a duplicate was met: duplicates come in runs. */
const DOUBT = 16;

/** Claims the keys of new events, so that of all transactions that count an event exactly one does. */
@Injectable()
export class ClaimKeys {
  #doubt = 0;

  constructor(private readonly keys: KeyRepository) {}

  /** How to claim, as far as the last claims tell; `attempt` counts from 0. */
  mode(attempt: number): ClaimMode {
    if (attempt > 1) return 'insert';
    return attempt === 1 || this.#doubt > 0 ? 'look' : 'copy';
  }

  /**
   * Returns what other batches have counted of the keys; all other wanted keys are claimed when it returns.
   *
   * @throws KeysTaken in the modes `copy` and `look`.
   */
  async execute(tx: Tx, { wanted, asked, batchNos }: KeyClaim, mode: ClaimMode): Promise<readonly EventKey[]> {
    const sorted = [...wanted].sort(inLockOrder);
    if (mode === 'insert' || sorted.length < FEW) return this.#insert(tx, { wanted: sorted, asked, batchNos });
    if (mode === 'copy') {
      await this.#copy(tx, sorted);
      return this.keys.counted(tx, asked, batchNos);
    }
    const known = await this.keys.counted(tx, [...sorted, ...asked], batchNos);
    this.#doubt = known.length > asked.length ? DOUBT : Math.max(0, this.#doubt - 1);
    const names = new Set(known.map(nameOf));
    await this.#copy(
      tx,
      sorted.filter((key) => !names.has(nameOf(key))),
    );
    return known;
  }

  async #copy(tx: Tx, keys: readonly EventKey[]): Promise<void> {
    if (keys.length === 0) return;
    try {
      await this.keys.copy(tx, keys);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      this.#doubt = DOUBT;
      throw new KeysTaken('A key of the batch was claimed before.', { cause: error });
    }
  }

  async #insert(tx: Tx, { wanted, asked, batchNos }: KeyClaim): Promise<readonly EventKey[]> {
    const claimed = await this.keys.insert(tx, wanted);
    const isAllNew = claimed === wanted.length;
    return this.keys.counted(tx, isAllNew ? asked : [...wanted, ...asked], batchNos);
  }
}

function nameOf(key: EventKey): string {
  return `${key.sourceNo} ${key.eventId}`;
}
