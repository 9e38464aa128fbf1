import { Controller } from '@nestjs/common';
import { ParticipantApprovedV1, ParticipantSuspendedV1, type ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { ReadMemory } from '../database/read-memory.register.js';

/** Keeps in mind which organisations may not act: their sessions and keys stop with the next request. */
@Controller()
export class OrganisationSubscriber {
  readonly #memory: ReadMemory;

  constructor(memory: ReadMemory) {
    this.#memory = memory;
  }

  @Handles(ParticipantSuspendedV1)
  async onParticipantSuspended(event: ReceivedEvent<ParticipantSuspendedV1>, tx: Tx): Promise<void> {
    this.#memory.clearAfter(tx);
    await tx.execute(
      `INSERT INTO suspended_organisations (organisation_id, suspended_at) VALUES ($1, $2)
       ON CONFLICT (organisation_id) DO NOTHING`,
      [event.data.participantId, event.data.suspendedAt],
    );
  }

  /** Approved, for the first time or again after a suspension. */
  @Handles(ParticipantApprovedV1)
  async onParticipantApproved(event: ReceivedEvent<ParticipantApprovedV1>, tx: Tx): Promise<void> {
    this.#memory.clearAfter(tx);
    await tx.execute('DELETE FROM suspended_organisations WHERE organisation_id = $1', [event.data.participantId]);
  }
}
