import { Controller } from '@nestjs/common';
import {
  ParticipantApprovedV1,
  ParticipantRegisteredV1,
  ParticipantSuspendedV1,
  ProductDelistedV1,
  ProductDescribedV1,
  ProductListedV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { Handles } from '@hetao/runtime';
import { DirectoryRepository } from './directory.repository.js';

/** Keeps contracts' own copy of what the catalog says about organisations and products. */
@Controller()
export class DirectorySubscriber {
  readonly #directory: DirectoryRepository;

  constructor(directory: DirectoryRepository) {
    this.#directory = directory;
  }

  @Handles(ParticipantRegisteredV1)
  async onRegistered({ data }: ReceivedEvent<ParticipantRegisteredV1>, tx: Tx): Promise<void> {
    const { participantId: id, registeredAt, ...profile } = data;
    await this.#directory.learnAboutParty(tx, { id, standing: 'registered', at: new Date(registeredAt), profile });
  }

  @Handles(ParticipantApprovedV1)
  async onApproved({ data }: ReceivedEvent<ParticipantApprovedV1>, tx: Tx): Promise<void> {
    const { participantId: id, name, jurisdiction, roles, approvedAt } = data;
    const profile = { name, jurisdiction, roles };
    await this.#directory.learnAboutParty(tx, { id, standing: 'approved', at: new Date(approvedAt), profile });
  }

  @Handles(ParticipantSuspendedV1)
  async onSuspended({ data }: ReceivedEvent<ParticipantSuspendedV1>, tx: Tx): Promise<void> {
    const at = new Date(data.suspendedAt);
    await this.#directory.learnAboutParty(tx, { id: data.participantId, standing: 'suspended', at, profile: null });
  }

  @Handles(ProductListedV1)
  async onListed({ data }: ReceivedEvent<ProductListedV1>, tx: Tx): Promise<void> {
    const { productId: id, merchantId, name, kind, version, listedAt } = data;
    const listing = { name, kind, version };
    await this.#directory.learnAboutProduct(tx, { id, merchantId, at: new Date(listedAt), listing });
  }

  @Handles(ProductDelistedV1)
  async onDelisted({ data }: ReceivedEvent<ProductDelistedV1>, tx: Tx): Promise<void> {
    const { productId: id, merchantId, delistedAt } = data;
    await this.#directory.learnAboutProduct(tx, { id, merchantId, at: new Date(delistedAt), listing: null });
  }

  @Handles(ProductDescribedV1)
  async onDescribed({ data }: ReceivedEvent<ProductDescribedV1>, tx: Tx): Promise<void> {
    const { productId, storedIn, fields, describedAt } = data;
    const schemaHash = documentHash(fields);
    await this.#directory.learnDescription(tx, { productId, storedIn, schemaHash, at: new Date(describedAt) });
  }
}
