import { Controller } from '@nestjs/common';
import {
  AgreementConcludedV1,
  AgreementEndedV1,
  CreditNoteIssuedV1,
  InvoiceIssuedV1,
  InvoicePaidV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { exchangeDay } from '../shared/exchange-day.js';
import { paymentFact } from './credit.js';
import { CreditRepository } from './credit.repository.js';

/** Hears from contracts and settlement what a credit record is measured from. */
@Controller()
export class CreditSubscriber {
  readonly #credit: CreditRepository;

  constructor(credit: CreditRepository) {
    this.#credit = credit;
  }

  @Handles(AgreementConcludedV1)
  async onConcluded({ data }: ReceivedEvent<AgreementConcludedV1>, tx: Tx): Promise<void> {
    const fact = { fact: 'agreement' as const, reference: data.agreementId, at: data.concludedAt };
    await this.#credit.count(tx, data.merchantId, fact);
    await this.#credit.count(tx, data.buyerId, fact);
  }

  /** An agreement that was broken off counts with both sides: who was at fault, no event says. */
  @Handles(AgreementEndedV1)
  async onEnded({ data }: ReceivedEvent<AgreementEndedV1>, tx: Tx): Promise<void> {
    if (data.reason !== 'terminated') return;
    for (const id of await this.#credit.sidesOf(tx, data.agreementId)) {
      await this.#credit.count(tx, id, { fact: 'terminated', reference: data.agreementId, at: data.endedAt });
    }
  }

  @Handles(InvoiceIssuedV1)
  async onInvoiced({ data }: ReceivedEvent<InvoiceIssuedV1>, tx: Tx): Promise<void> {
    const { invoiceId: id, merchantId, buyerId, dueDate } = data;
    await this.#credit.keepInvoice(tx, { id, merchantId, buyerId, dueDate });
  }

  @Handles(InvoicePaidV1)
  async onPaid({ data }: ReceivedEvent<InvoicePaidV1>, tx: Tx): Promise<void> {
    const invoice = await this.#credit.invoice(tx, data.invoiceId);
    if (invoice === undefined) return;
    const fact = paymentFact(invoice.dueDate, exchangeDay(new Date(data.paidAt)));
    await this.#credit.count(tx, invoice.buyerId, { fact, reference: data.invoiceId, at: data.paidAt });
  }

  @Handles(CreditNoteIssuedV1)
  async onCreditNote({ data }: ReceivedEvent<CreditNoteIssuedV1>, tx: Tx): Promise<void> {
    const fact = { fact: 'credit_note' as const, reference: data.creditNoteId, at: data.issuedAt };
    await this.#credit.count(tx, data.merchantId, fact);
  }
}
