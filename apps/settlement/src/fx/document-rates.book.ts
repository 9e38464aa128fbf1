import type { Clock, Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { SettlementConfig } from '../settlement.config.js';
import { translate } from './translation.repository.js';

/** Names on documents in foreign currencies the rate they are valued at, as far as it is there. */
@Injectable()
export class DocumentRates {
  readonly #clock: Clock;
  readonly #config: SettlementConfig;

  constructor(@Inject(CLOCK) clock: Clock, @Inject(SERVICE_CONFIG) config: SettlementConfig) {
    this.#clock = clock;
    this.#config = config;
  }

  /** Values invoices and their payments. Without a rate nothing is guessed: the close says which is missing. */
  async note(tx: Tx, invoices: readonly { readonly invoiceId: string; readonly currency: Currency }[]): Promise<void> {
    const { FUNCTIONAL_CURRENCY: functional, LEGAL_TIME_ZONE: timeZone } = this.#config;
    const foreign = invoices.filter(({ currency }) => currency !== functional);
    if (foreign.length === 0) return;
    const invoiceIds = foreign.map(({ invoiceId }) => invoiceId);
    await translate(tx, { invoiceIds }, { functional, timeZone }, this.#clock.now());
  }
}
