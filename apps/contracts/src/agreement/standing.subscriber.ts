import { ParticipantApprovedV1, ParticipantSuspendedV1, type ReceivedEvent } from '@hetao/events';
import type { Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK, Handles } from '@hetao/runtime';
import { Controller, Inject } from '@nestjs/common';
import { AdvanceAgreement } from './advance-agreement.use-cases.js';

/** So many rest in the transaction that heard the news; the sweep does the rest within its second. */
const AT_ONCE = 100;

/** What becomes of running agreements when a side of them may not trade any more, or may again. */
@Controller()
export class StandingSubscriber {
  readonly #advance: AdvanceAgreement;
  readonly #clock: Clock;

  constructor(advance: AdvanceAgreement, @Inject(CLOCK) clock: Clock) {
    this.#advance = advance;
    this.#clock = clock;
  }

  @Handles(ParticipantSuspendedV1)
  suspended({ data }: ReceivedEvent<ParticipantSuspendedV1>, tx: Tx): Promise<void> {
    return this.#reconsider(tx, data.participantId);
  }

  @Handles(ParticipantApprovedV1)
  approved({ data }: ReceivedEvent<ParticipantApprovedV1>, tx: Tx): Promise<void> {
    return this.#reconsider(tx, data.participantId);
  }

  /** Decided by what the directory holds by now, so that news may come twice or in any order. */
  async #reconsider(tx: Tx, organisationId: string): Promise<void> {
    const due = await this.#advance.journal.makeDue(tx, organisationId, this.#clock.now(), AT_ONCE);
    for (const id of due) await this.#advance.in(tx, id);
  }
}
