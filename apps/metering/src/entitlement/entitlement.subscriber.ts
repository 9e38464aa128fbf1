import { Controller } from '@nestjs/common';
import {
  AgreementEndedV1,
  EntitlementGrantedV1,
  EntitlementResumedV1,
  EntitlementRevokedV1,
  EntitlementSuspendedV1,
  ReleaseIssuedV1,
  ReleaseResumedV1,
  ReleaseRevokedV1,
  ReleaseSuspendedV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { EntitlementRepository } from './entitlement.repository.js';

/** Keeps the projection of entitlements up to date. A grant and its end may come in any order. */
@Controller()
export class EntitlementSubscriber {
  constructor(private readonly entitlements: EntitlementRepository) {}

  @Handles(EntitlementGrantedV1)
  async granted(event: ReceivedEvent<EntitlementGrantedV1>, tx: Tx): Promise<void> {
    await this.entitlements.grant(tx, event.data);
  }

  @Handles(EntitlementRevokedV1)
  async revoked(event: ReceivedEvent<EntitlementRevokedV1>, tx: Tx): Promise<void> {
    const { entitlementId, reason, revokedAt } = event.data;
    await this.entitlements.stop(tx, entitlementId, reason, revokedAt);
  }

  @Handles(AgreementEndedV1)
  async ended(event: ReceivedEvent<AgreementEndedV1>, tx: Tx): Promise<void> {
    const { agreementId, reason, endedAt } = event.data;
    await this.entitlements.stop(tx, agreementId, `the agreement ${reason}`, endedAt);
  }

  @Handles(EntitlementSuspendedV1)
  async suspended({ data }: ReceivedEvent<EntitlementSuspendedV1>, tx: Tx): Promise<void> {
    await this.entitlements.pause(tx, data.entitlementId, data.reason, data.suspendedAt);
  }

  @Handles(EntitlementResumedV1)
  async resumed({ data }: ReceivedEvent<EntitlementResumedV1>, tx: Tx): Promise<void> {
    await this.entitlements.resume(tx, data.entitlementId, data.resumedAt);
  }

  // The releases themselves are kept by @hetao/clearance, in the same transaction; here they are only forgotten.
  @Handles(ReleaseIssuedV1)
  releaseIssued(_event: ReceivedEvent<ReleaseIssuedV1>, tx: Tx): Promise<void> {
    return this.entitlements.releasesChanged(tx);
  }

  @Handles(ReleaseSuspendedV1)
  releaseSuspended(_event: ReceivedEvent<ReleaseSuspendedV1>, tx: Tx): Promise<void> {
    return this.entitlements.releasesChanged(tx);
  }

  @Handles(ReleaseResumedV1)
  releaseResumed(_event: ReceivedEvent<ReleaseResumedV1>, tx: Tx): Promise<void> {
    return this.entitlements.releasesChanged(tx);
  }

  @Handles(ReleaseRevokedV1)
  releaseRevoked(_event: ReceivedEvent<ReleaseRevokedV1>, tx: Tx): Promise<void> {
    return this.entitlements.releasesChanged(tx);
  }
}
