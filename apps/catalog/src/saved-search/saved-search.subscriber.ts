import { Controller } from '@nestjs/common';
import { ProductListedV1, type ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { KeepSearches } from './saved-search.use-cases.js';

/** Hears what comes on the market, and tells those who wait for it. */
@Controller()
export class SavedSearchSubscriber {
  readonly #searches: KeepSearches;

  constructor(searches: KeepSearches) {
    this.#searches = searches;
  }

  @Handles(ProductListedV1)
  onProductListed({ data }: ReceivedEvent<ProductListedV1>, tx: Tx): Promise<void> {
    return this.#searches.tell(tx, data);
  }
}
