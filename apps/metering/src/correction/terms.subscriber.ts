import { Controller } from '@nestjs/common';
import { AgreementConcludedV1, type ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { TermsRepository } from './terms.repository.js';

/** Keeps the price plans of agreements. */
@Controller()
export class TermsSubscriber {
  constructor(private readonly terms: TermsRepository) {}

  @Handles(AgreementConcludedV1)
  concluded({ data }: ReceivedEvent<AgreementConcludedV1>, tx: Tx): Promise<void> {
    return this.terms.learn(tx.client, data);
  }
}
