import { Injectable } from '@nestjs/common';
import type { Result } from '@hetao/kernel';
import type { Receipt } from '@hetao/proofs';
import type { LogError } from '../log/log.errors.js';
import { LogQueries } from '../log/log.queries.js';
import { SealLog } from '../log/seal-log.use-cases.js';

/** Receipts at once: who asks for one does not wait for the next turn of the sealer. */
@Injectable()
export class AttestationReceipts {
  readonly #seal: SealLog;
  readonly #log: LogQueries;

  constructor(seal: SealLog, log: LogQueries) {
    this.#seal = seal;
    this.#log = log;
  }

  /** Brings what has committed under a checkpoint. */
  async settle(): Promise<void> {
    await this.#seal.execute();
  }

  /** The receipt of the entry with this key. */
  async of(key: string, witnessed: boolean): Promise<Result<Receipt, LogError>> {
    if (!witnessed) await this.settle();
    return this.#log.receipt(key, witnessed);
  }
}
