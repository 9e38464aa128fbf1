import { Controller } from '@nestjs/common';
import {
  AgreementEndedV1,
  EntitlementGrantedV2,
  EntitlementResumedV1,
  EntitlementRevokedV1,
  EntitlementSuspendedV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { LicenceRepository } from './licence.repository.js';

/** Hears from contracts which agreements open which products. A grant and its end may come in any order. */
@Controller()
export class LicenceSubscriber {
  readonly #licences: LicenceRepository;

  constructor(licences: LicenceRepository) {
    this.#licences = licences;
  }

  @Handles(EntitlementGrantedV2)
  async granted({ data }: ReceivedEvent<EntitlementGrantedV2>, tx: Tx): Promise<void> {
    await this.#licences.grant(tx, data);
  }

  @Handles(EntitlementRevokedV1)
  async revoked({ data }: ReceivedEvent<EntitlementRevokedV1>, tx: Tx): Promise<void> {
    await this.#licences.stop(tx, data.entitlementId, data.reason, data.revokedAt);
  }

  @Handles(AgreementEndedV1)
  async ended({ data }: ReceivedEvent<AgreementEndedV1>, tx: Tx): Promise<void> {
    await this.#licences.stop(tx, data.agreementId, `the agreement ${data.reason}`, data.endedAt);
  }

  @Handles(EntitlementSuspendedV1)
  async suspended({ data }: ReceivedEvent<EntitlementSuspendedV1>, tx: Tx): Promise<void> {
    await this.#licences.pause(tx, data.entitlementId, data.reason, data.suspendedAt);
  }

  @Handles(EntitlementResumedV1)
  async resumed({ data }: ReceivedEvent<EntitlementResumedV1>, tx: Tx): Promise<void> {
    await this.#licences.resume(tx, data.entitlementId, data.resumedAt);
  }
}
