import {
  AgreementConcludedV1,
  InvoiceIssuedV1,
  PayoutSettledV1,
  PeriodClosedV1,
  UsagePeriodClosedV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { Controller } from '@nestjs/common';
import { RecordRepository } from './record.repository.js';

/**
 * What the other services decided, put into the log in the transaction that notes the event as handled: once each, and
 * as a salted commitment, since amounts and dates could be guessed from a bare hash.
 */
@Controller()
export class RecordSubscriber {
  readonly #records: RecordRepository;

  constructor(records: RecordRepository) {
    this.#records = records;
  }

  @Handles(AgreementConcludedV1)
  agreementConcluded(event: ReceivedEvent<AgreementConcludedV1>, tx: Tx): Promise<void> {
    const { merchantId, buyerId, channelPartnerId } = event.data;
    return this.#commit(event, [merchantId, buyerId, ...(channelPartnerId === null ? [] : [channelPartnerId])], tx);
  }

  @Handles(UsagePeriodClosedV1)
  usagePeriodClosed(event: ReceivedEvent<UsagePeriodClosedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.merchantId, event.data.buyerId], tx);
  }

  @Handles(InvoiceIssuedV1)
  invoiceIssued(event: ReceivedEvent<InvoiceIssuedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.merchantId, event.data.buyerId], tx);
  }

  @Handles(PayoutSettledV1)
  payoutSettled(event: ReceivedEvent<PayoutSettledV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [], tx);
  }

  @Handles(PeriodClosedV1)
  periodClosed(event: ReceivedEvent<PeriodClosedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [], tx);
  }

  #commit(
    { id, type, subject, data, time }: ReceivedEvent<unknown>,
    parties: readonly string[],
    tx: Tx,
  ): Promise<void> {
    return this.#records.commit(tx, [{ id, record: type, subject, parties, document: data, at: time }]);
  }
}
