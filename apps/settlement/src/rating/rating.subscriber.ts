import {
  AgreementAwaitsReleaseV1,
  AgreementConcludedV1,
  AgreementConcludedV2,
  AgreementEndedV1,
  EntitlementGrantedV1,
  UsagePeriodClosedV1,
  UsagePeriodCompletedV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles, HandlesBatch } from '@hetao/runtime';
import { Controller } from '@nestjs/common';
import { AdjustUsage } from '../adjustment/adjustment.use-cases.js';
import type { Agreement } from '../agreement/agreement.js';
import { RateUsage } from './rating.use-cases.js';

/** Agreements and closed usage arrive on topics of their own, so in any order. */
@Controller()
export class RatingSubscriber {
  readonly #rateUsage: RateUsage;
  readonly #adjustUsage: AdjustUsage;

  constructor(rateUsage: RateUsage, adjustUsage: AdjustUsage) {
    this.#rateUsage = rateUsage;
    this.#adjustUsage = adjustUsage;
  }

  @Handles(AgreementConcludedV1)
  async agreementConcluded({ data }: ReceivedEvent<AgreementConcludedV1>, tx: Tx): Promise<void> {
    await this.#rateUsage.agreementConcluded(tx, { ...agreementOf(data), plan: data.plan, timeZone: null });
    await this.#adjustUsage.settle(tx, [data.agreementId]);
  }

  @Handles(AgreementConcludedV2)
  async agreementConcludedV2({ data }: ReceivedEvent<AgreementConcludedV2>, tx: Tx): Promise<void> {
    await this.#rateUsage.agreementConcluded(tx, { ...agreementOf(data), plan: data.plan, timeZone: data.timeZone });
    await this.#adjustUsage.settle(tx, [data.agreementId]);
  }

  @Handles(AgreementEndedV1)
  async agreementEnded({ data }: ReceivedEvent<AgreementEndedV1>, tx: Tx): Promise<void> {
    await this.#rateUsage.agreementEnded(tx, data.agreementId, new Date(data.endedAt));
  }

  @Handles(AgreementAwaitsReleaseV1)
  async agreementAwaitsRelease({ data }: ReceivedEvent<AgreementAwaitsReleaseV1>, tx: Tx): Promise<void> {
    await this.#rateUsage.releaseAwaited(tx, data.agreementId);
  }

  @Handles(EntitlementGrantedV1)
  async entitlementGranted({ data }: ReceivedEvent<EntitlementGrantedV1>, tx: Tx): Promise<void> {
    await this.#rateUsage.accessGranted(tx, data.agreementId, new Date(data.grantedAt));
    await this.#adjustUsage.settle(tx, [data.agreementId]);
  }

  @HandlesBatch(UsagePeriodClosedV1)
  async usagePeriodsClosed(events: readonly ReceivedEvent<UsagePeriodClosedV1>[], tx: Tx): Promise<void> {
    await this.#rateUsage.usagesClosed(
      tx,
      events.map(({ data: { timeZone, ...usage } }) => ({
        usage: { ...usage, closedAt: new Date(usage.closedAt), state: 'waiting' },
        timeZone,
      })),
    );
    await this.#adjustUsage.settle(
      tx,
      events.map(({ data }) => data.agreementId),
    );
  }

  @Handles(UsagePeriodCompletedV1)
  async usagePeriodCompleted({ data }: ReceivedEvent<UsagePeriodCompletedV1>, tx: Tx): Promise<void> {
    await this.#rateUsage.usageCompleted(tx, { ...data, closedAt: new Date(data.closedAt) });
  }
}

/** What both versions tell alike. */
function agreementOf(data: AgreementConcludedV1 | AgreementConcludedV2): Omit<Agreement, 'plan' | 'timeZone'> {
  return {
    agreementId: data.agreementId,
    productId: data.productId,
    merchantId: data.merchantId,
    buyerId: data.buyerId,
    channelPartnerId: data.channelPartnerId,
    documentHash: data.documentHash,
    effectiveFrom: new Date(data.effectiveFrom),
    effectiveUntil: new Date(data.effectiveUntil),
    concludedAt: new Date(data.concludedAt),
    endedAt: null,
  };
}
