import { Controller } from '@nestjs/common';
import {
  ReleaseExpiredV1,
  ReleaseIssuedV1,
  ReleaseResumedV1,
  ReleaseRevokedV1,
  ReleaseSuspendedV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { Clearance } from './clearance.js';
import type { ReleaseStatus } from './release-standing.js';

interface Named {
  readonly releaseId: string;
  readonly reason?: string | null;
}

/** Hears of customs' releases. Events of one release come in order: their key is its id. */
@Controller()
export class ClearanceSubscriber {
  readonly #clearance: Clearance;

  constructor(clearance: Clearance) {
    this.#clearance = clearance;
  }

  @Handles(ReleaseIssuedV1)
  issued({ data }: ReceivedEvent<ReleaseIssuedV1>, tx: Tx): Promise<void> {
    return this.#clearance.learn(tx.client, data);
  }

  @Handles(ReleaseSuspendedV1)
  suspended({ data }: ReceivedEvent<ReleaseSuspendedV1>, tx: Tx): Promise<void> {
    return this.#change(tx, data, 'suspended', data.suspendedAt);
  }

  @Handles(ReleaseResumedV1)
  resumed({ data }: ReceivedEvent<ReleaseResumedV1>, tx: Tx): Promise<void> {
    return this.#change(tx, { releaseId: data.releaseId }, 'active', data.resumedAt);
  }

  @Handles(ReleaseRevokedV1)
  revoked({ data }: ReceivedEvent<ReleaseRevokedV1>, tx: Tx): Promise<void> {
    return this.#change(tx, data, 'revoked', data.revokedAt);
  }

  @Handles(ReleaseExpiredV1)
  expired({ data }: ReceivedEvent<ReleaseExpiredV1>, tx: Tx): Promise<void> {
    // It ended with its date, whenever customs closed the book.
    return this.#change(tx, data, 'expired', data.validUntil);
  }

  #change(tx: Tx, { releaseId, reason = null }: Named, status: ReleaseStatus, at: string): Promise<void> {
    return this.#clearance.change(tx.client, { releaseId, status, reason, at });
  }
}
