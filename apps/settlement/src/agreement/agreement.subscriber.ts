import { ParticipantApprovedV1, type ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { Controller } from '@nestjs/common';
import { ParticipantRepository } from './participant.repository.js';

/** Keeps the names and bank accounts of participants. Agreements arrive in `rating/`, where they are put to use. */
@Controller()
export class AgreementSubscriber {
  readonly #participants: ParticipantRepository;

  constructor(participants: ParticipantRepository) {
    this.#participants = participants;
  }

  @Handles(ParticipantApprovedV1)
  async participantApproved({ data }: ReceivedEvent<ParticipantApprovedV1>, tx: Tx): Promise<void> {
    await this.#participants.record(tx, { ...data, approvedAt: new Date(data.approvedAt) });
  }
}
