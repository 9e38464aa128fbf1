import { Controller } from '@nestjs/common';
import {
  AccessAnsweredV1,
  AccessRequestedV1,
  AgreementConcludedV1,
  AgreementConcludedV2,
  AgreementEndedV1,
  CreditNoteIssuedV1,
  DisputeClosedV1,
  DisputeOpenedV1,
  InvoiceIssuedV1,
  InvoicePaidV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { exchangeDay } from '../shared/exchange-day.js';
import { loserOf, paymentFact } from './credit.js';
import { CreditRepository } from './credit.repository.js';

/** Hears from contracts and settlement what a credit record is measured from. */
@Controller()
export class CreditSubscriber {
  readonly #credit: CreditRepository;

  constructor(credit: CreditRepository) {
    this.#credit = credit;
  }

  @Handles(AccessRequestedV1)
  async onRequested({ data }: ReceivedEvent<AccessRequestedV1>, tx: Tx): Promise<void> {
    const { requestId: id, merchantId, productId, requestedAt: at } = data;
    await this.#credit.keepRequest(tx, { id, merchantId, productId, at });
  }

  @Handles(AccessAnsweredV1)
  async onAnswered({ data }: ReceivedEvent<AccessAnsweredV1>, tx: Tx): Promise<void> {
    await this.#credit.keepAnswer(tx, data.requestId, data.answer, data.answeredAt);
  }

  @Handles(AgreementConcludedV1)
  async onConcluded({ data }: ReceivedEvent<AgreementConcludedV1>, tx: Tx): Promise<void> {
    await this.#onAgreement(data, tx);
  }

  /** Some agreements are told of by this version alone; those that are told of by both count once. */
  @Handles(AgreementConcludedV2)
  async onConcludedAnew({ data }: ReceivedEvent<AgreementConcludedV2>, tx: Tx): Promise<void> {
    await this.#onAgreement(data, tx);
  }

  @Handles(DisputeOpenedV1)
  async onDisputed({ data }: ReceivedEvent<DisputeOpenedV1>, tx: Tx): Promise<void> {
    const { openedBy, against } = sidesOf(data, data.openedBy);
    const dispute = { reference: data.disputeId, at: data.openedAt };
    await this.#credit.count(tx, openedBy, { fact: 'dispute_opened', ...dispute });
    await this.#credit.count(tx, against, { fact: 'dispute_faced', ...dispute });
  }

  @Handles(DisputeClosedV1)
  async onDisputeOver({ data }: ReceivedEvent<DisputeClosedV1>, tx: Tx): Promise<void> {
    const { disputeId: reference, closedAt: at, outcome } = data;
    const opener = await this.#credit.openerOf(tx, reference);
    // Opened before anybody counted: nobody knows who lost.
    if (opener === undefined) return;
    const sides = sidesOf(data, opener === data.merchantId ? 'merchant' : 'buyer');
    const loser = loserOf(outcome, sides);
    if (loser !== null) await this.#credit.count(tx, loser, { fact: 'dispute_lost', reference, at });
    await this.#credit.conclude(tx, reference, outcome);
  }

  async #onAgreement(data: AgreementConcludedV1 | AgreementConcludedV2, tx: Tx): Promise<void> {
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

function sidesOf(
  { merchantId, buyerId }: { merchantId: string; buyerId: string },
  opener: 'merchant' | 'buyer',
): { openedBy: string; against: string } {
  const isMerchant = opener === 'merchant';
  return { openedBy: isMerchant ? merchantId : buyerId, against: isMerchant ? buyerId : merchantId };
}
