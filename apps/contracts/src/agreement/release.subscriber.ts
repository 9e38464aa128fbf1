import { Clearance } from '@hetao/clearance';
import { ReleaseIssuedV1, ReleaseResumedV1, type ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { Controller } from '@nestjs/common';
import { AdvanceAgreement } from './advance-agreement.use-cases.js';

/** What a release sets going here: an agreement that waited for it comes into force. */
@Controller()
export class ReleaseSubscriber {
  readonly #advance: AdvanceAgreement;
  readonly #clearance: Clearance;

  constructor(advance: AdvanceAgreement, clearance: Clearance) {
    this.#advance = advance;
    this.#clearance = clearance;
  }

  @Handles(ReleaseIssuedV1)
  async issued({ data }: ReceivedEvent<ReleaseIssuedV1>, tx: Tx): Promise<void> {
    if (data.agreementId !== null) await this.#advance.in(tx, data.agreementId);
  }

  @Handles(ReleaseResumedV1)
  async resumed({ data }: ReceivedEvent<ReleaseResumedV1>, tx: Tx): Promise<void> {
    const agreementId = await this.#clearance.agreementOf(tx.client, data.releaseId);
    if (agreementId !== null) await this.#advance.in(tx, agreementId);
  }
}
