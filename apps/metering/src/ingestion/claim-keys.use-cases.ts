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

/** Fewer keys than these are not worth a COPY. */
const FEW = 24;
/** For so many claims after a duplicate was met, duplicates are looked for first. */
const DOUBT = 16;

/**
 * Claims the keys of new events. In steady state no event was seen before, so they are copied straight into the unique
 * table; where one was, the table refuses them all, and the known ones are looked up and left out.
 */
@Injectable()
export class ClaimKeys {
  #doubt = 0;

  constructor(private readonly keys: KeyRepository) {}

  /** Returns what other batches have counted of the keys; all other wanted keys are claimed when it returns. */
  async execute(tx: Tx, { wanted, asked, batchNos }: KeyClaim): Promise<readonly EventKey[]> {
    const sorted = [...wanted].sort(inLockOrder);
    if (sorted.length < FEW) return this.#oneByOne(tx, { wanted: sorted, asked, batchNos });
    this.#doubt = Math.max(0, this.#doubt - 1);
    if (this.#doubt === 0 && (await this.#copied(tx, sorted))) return this.keys.counted(tx, asked, batchNos);
    const known = await this.keys.counted(tx, [...sorted, ...asked], batchNos);
    if (known.length > asked.length) this.#doubt = DOUBT;
    const names = new Set(known.map(nameOf));
    const fresh = sorted.filter((key) => !names.has(nameOf(key)));
    if (await this.#copied(tx, fresh)) return known;
    // Somebody claimed one of them between the look and the copy.
    return this.#oneByOne(tx, { wanted: sorted, asked, batchNos });
  }

  async #copied(tx: Tx, keys: readonly EventKey[]): Promise<boolean> {
    if (keys.length === 0) return true;
    await tx.client.query('SAVEPOINT claim');
    try {
      await this.keys.copy(tx, keys);
      return true;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      await tx.client.query('ROLLBACK TO SAVEPOINT claim');
      this.#doubt = DOUBT;
      return false;
    }
  }

  async #oneByOne(tx: Tx, { wanted, asked, batchNos }: KeyClaim): Promise<readonly EventKey[]> {
    const claimed = await this.keys.insert(tx, wanted);
    const isAllNew = claimed === wanted.length;
    return this.keys.counted(tx, isAllNew ? asked : [...wanted, ...asked], batchNos);
  }
}

function nameOf(key: EventKey): string {
  return `${key.sourceNo} ${key.eventId}`;
}
