import { Controller } from '@nestjs/common';
import {
  AgreementAwaitsReleaseV1,
  ParticipantApprovedV1,
  ParticipantRegisteredV1,
  ProductDescribedV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { mainlandDate } from '../shared/reader.js';
import { OpenDraft } from './open-draft.use-cases.js';
import { ProjectionRepository } from './projection.repository.js';

/** Keeps what declarations begin with, and opens the draft as soon as agreement and product are both known. */
@Controller()
export class PrefillSubscriber {
  readonly #known: ProjectionRepository;
  readonly #open: OpenDraft;

  constructor(known: ProjectionRepository, open: OpenDraft) {
    this.#known = known;
    this.#open = open;
  }

  @Handles(ParticipantRegisteredV1)
  async onRegistered({ data }: ReceivedEvent<ParticipantRegisteredV1>, tx: Tx): Promise<void> {
    await this.#known.learnParticipant(tx, data, new Date(data.registeredAt));
  }

  @Handles(ParticipantApprovedV1)
  async onApproved({ data }: ReceivedEvent<ParticipantApprovedV1>, tx: Tx): Promise<void> {
    await this.#known.learnParticipant(tx, data, new Date(data.approvedAt));
  }

  @Handles(ProductDescribedV1)
  async onDescribed({ data }: ReceivedEvent<ProductDescribedV1>, tx: Tx): Promise<void> {
    const { describedAt, ...product } = data;
    await this.#known.lockProduct(tx, product.productId);
    await this.#known.learnProduct(tx, product, new Date(describedAt));
    // The agreement may have been heard of before its product: other topics keep no order with this one.
    for (const agreement of await this.#known.waitingFor(tx, product.productId)) await this.#open.open(tx, agreement);
  }

  @Handles(AgreementAwaitsReleaseV1)
  async onAwaitsRelease({ data }: ReceivedEvent<AgreementAwaitsReleaseV1>, tx: Tx): Promise<void> {
    const { signedAt, effectiveFrom, effectiveUntil, ...rest } = data;
    const agreement = {
      ...rest,
      effectiveFrom: mainlandDate(new Date(effectiveFrom)),
      effectiveUntil: mainlandDate(new Date(effectiveUntil)),
    };
    await this.#known.lockProduct(tx, agreement.productId);
    await this.#known.learnAgreement(tx, agreement, new Date(signedAt));
    await this.#open.open(tx, agreement);
  }
}
