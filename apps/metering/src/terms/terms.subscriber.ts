import { Controller } from '@nestjs/common';
import { AgreementConcludedV1, AgreementConcludedV2, type ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { TermsRepository } from './terms.repository.js';

/** Keeps the price plans of agreements; a plan of the second form is stated before the first one's shadow of it. */
@Controller()
export class TermsSubscriber {
  constructor(private readonly terms: TermsRepository) {}

  @Handles(AgreementConcludedV1)
  concluded({ data }: ReceivedEvent<AgreementConcludedV1>, tx: Tx): Promise<void> {
    return this.terms.learn(tx.client, data);
  }

  @Handles(AgreementConcludedV2)
  concludedV2({ data }: ReceivedEvent<AgreementConcludedV2>, tx: Tx): Promise<void> {
    return this.terms.learn(tx.client, data);
  }
}
