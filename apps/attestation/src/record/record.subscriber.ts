import {
  AgreementConcludedV1,
  AgreementConcludedV2,
  AgreementEndedV1,
  AuditNotedV1,
  CreditNoteIssuedV1,
  DeliveryManifestIssuedV1,
  InvoiceIssuedV1,
  InvoiceVoidedV1,
  JobReceiptIssuedV1,
  OutputRecalledV1,
  OutputReleasedV1,
  PayoutInstructedV1,
  PayoutSettledV1,
  PeriodClosedV1,
  ReleaseExpiredV1,
  ReleaseIssuedV1,
  ReleaseResumedV1,
  ReleaseRevokedV1,
  ReleaseSuspendedV1,
  UsageCorrectedV1,
  UsagePeriodClosedV1,
  UsageStatementSignedV1,
  type ReceivedEvent,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { Controller } from '@nestjs/common';
import { RecordRepository } from './record.repository.js';

/**
 * What the other services decided, put into the log in the transaction that notes the event as handled: once each, and
 * as a salted commitment, since amounts and dates could be guessed from a bare hash. Another kind of event is logged by
 * another method here, which says who its parties are.
 */
@Controller()
export class RecordSubscriber {
  readonly #records: RecordRepository;

  constructor(records: RecordRepository) {
    this.#records = records;
  }

  @Handles(AgreementConcludedV1)
  agreementConcluded(event: ReceivedEvent<AgreementConcludedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, partiesToAgreement(event.data), tx);
  }

  @Handles(AgreementConcludedV2)
  agreementConcludedAnew(event: ReceivedEvent<AgreementConcludedV2>, tx: Tx): Promise<void> {
    return this.#commit(event, partiesToAgreement(event.data), tx);
  }

  @Handles(AgreementEndedV1)
  agreementEnded(event: ReceivedEvent<AgreementEndedV1>, tx: Tx): Promise<void> {
    return this.#commitForSameParties(event, tx);
  }

  @Handles(ReleaseIssuedV1)
  releaseIssued(event: ReceivedEvent<ReleaseIssuedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.exporterId, event.data.recipientId], tx);
  }

  @Handles(ReleaseSuspendedV1)
  releaseSuspended(event: ReceivedEvent<ReleaseSuspendedV1>, tx: Tx): Promise<void> {
    return this.#commitForSameParties(event, tx);
  }

  @Handles(ReleaseResumedV1)
  releaseResumed(event: ReceivedEvent<ReleaseResumedV1>, tx: Tx): Promise<void> {
    return this.#commitForSameParties(event, tx);
  }

  @Handles(ReleaseRevokedV1)
  releaseRevoked(event: ReceivedEvent<ReleaseRevokedV1>, tx: Tx): Promise<void> {
    return this.#commitForSameParties(event, tx);
  }

  @Handles(ReleaseExpiredV1)
  releaseExpired(event: ReceivedEvent<ReleaseExpiredV1>, tx: Tx): Promise<void> {
    return this.#commitForSameParties(event, tx);
  }

  @Handles(UsagePeriodClosedV1)
  usagePeriodClosed(event: ReceivedEvent<UsagePeriodClosedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.merchantId, event.data.buyerId], tx);
  }

  @Handles(UsageStatementSignedV1)
  usageStatementSigned(event: ReceivedEvent<UsageStatementSignedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.merchantId, event.data.buyerId], tx);
  }

  @Handles(UsageCorrectedV1)
  usageCorrected(event: ReceivedEvent<UsageCorrectedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.merchantId, event.data.buyerId], tx);
  }

  @Handles(InvoiceIssuedV1)
  invoiceIssued(event: ReceivedEvent<InvoiceIssuedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.merchantId, event.data.buyerId], tx);
  }

  @Handles(CreditNoteIssuedV1)
  creditNoteIssued(event: ReceivedEvent<CreditNoteIssuedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.merchantId, event.data.buyerId], tx);
  }

  @Handles(InvoiceVoidedV1)
  invoiceVoided(event: ReceivedEvent<InvoiceVoidedV1>, tx: Tx): Promise<void> {
    return this.#commitForSameParties(event, tx);
  }

  @Handles(PayoutInstructedV1)
  payoutInstructed(event: ReceivedEvent<PayoutInstructedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.beneficiaryId], tx);
  }

  @Handles(PayoutSettledV1)
  payoutSettled(event: ReceivedEvent<PayoutSettledV1>, tx: Tx): Promise<void> {
    return this.#commitForSameParties(event, tx);
  }

  @Handles(PeriodClosedV1)
  periodClosed(event: ReceivedEvent<PeriodClosedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [], tx);
  }

  @Handles(AuditNotedV1)
  auditNoted(event: ReceivedEvent<AuditNotedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.organisationId], tx);
  }

  @Handles(DeliveryManifestIssuedV1)
  deliveryManifestIssued(event: ReceivedEvent<DeliveryManifestIssuedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.merchantId, event.data.buyerId], tx);
  }

  @Handles(JobReceiptIssuedV1)
  jobReceiptIssued(event: ReceivedEvent<JobReceiptIssuedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.custodianId, event.data.buyerId], tx);
  }

  @Handles(OutputReleasedV1)
  outputReleased(event: ReceivedEvent<OutputReleasedV1>, tx: Tx): Promise<void> {
    return this.#commit(event, [event.data.custodianId, event.data.buyerId], tx);
  }

  @Handles(OutputRecalledV1)
  outputRecalled(event: ReceivedEvent<OutputRecalledV1>, tx: Tx): Promise<void> {
    return this.#commitForSameParties(event, tx);
  }

  /** For events that name no party: theirs are those of what was recorded about the same subject before. */
  async #commitForSameParties(event: ReceivedEvent<unknown>, tx: Tx): Promise<void> {
    return this.#commit(event, await this.#records.partiesTo(tx, event.subject), tx);
  }

  #commit(
    { id, type, subject, data, time }: ReceivedEvent<unknown>,
    parties: readonly string[],
    tx: Tx,
  ): Promise<void> {
    const record = { id, record: type, subject, parties, document: data, at: time, announced: true };
    return this.#records.commit(tx, [record]);
  }
}

function partiesToAgreement({
  merchantId,
  buyerId,
  channelPartnerId,
}: AgreementConcludedV1 | AgreementConcludedV2): readonly string[] {
  return [merchantId, buyerId, ...(channelPartnerId === null ? [] : [channelPartnerId])];
}
