import { Controller } from '@nestjs/common';
import {
  ReleaseExpiredV1,
  ReleaseIssuedV1,
  ReleaseResumedV1,
  ReleaseRevokedV1,
  ReleaseSuspendedV1,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { ReadMemory } from '../database/read-memory.register.js';

/** What customs says of a release is written down by clearance; the next call to a merchant is to go by it. */
@Controller()
export class ReleaseSubscriber {
  readonly #memory: ReadMemory;

  constructor(memory: ReadMemory) {
    this.#memory = memory;
  }

  @Handles(ReleaseIssuedV1)
  issued(_event: unknown, tx: Tx): Promise<void> {
    return this.#changed(tx);
  }

  @Handles(ReleaseSuspendedV1)
  suspended(_event: unknown, tx: Tx): Promise<void> {
    return this.#changed(tx);
  }

  @Handles(ReleaseResumedV1)
  resumed(_event: unknown, tx: Tx): Promise<void> {
    return this.#changed(tx);
  }

  @Handles(ReleaseRevokedV1)
  revoked(_event: unknown, tx: Tx): Promise<void> {
    return this.#changed(tx);
  }

  @Handles(ReleaseExpiredV1)
  expired(_event: unknown, tx: Tx): Promise<void> {
    return this.#changed(tx);
  }

  #changed(tx: Tx): Promise<void> {
    this.#memory.clearAfter(tx);
    return Promise.resolve();
  }
}
