import {
  AccessAnsweredV1,
  AccessRequestedV1,
  AgreementAwaitsReleaseV1,
  AgreementConcludedV1,
  AgreementEndedV1,
  AgreementResumedV1,
  AgreementSupersededV1,
  AgreementSuspendedV1,
  CreditNoteIssuedV1,
  DisputeClosedV1,
  DisputeOpenedV1,
  EntitlementGrantedV1,
  EntitlementRevokedV1,
  InvoiceIssuedV1,
  InvoicePaidV1,
  InvoiceVoidedV1,
  PayoutInstructedV1,
  PayoutSettledV1,
  PeriodClosedV1,
  ProductDelistedV1,
  ProductListedV1,
  ProductRefusedV1,
  ProductResumedV1,
  ProductReturnedV1,
  ProductSuspendedV1,
  QuotaExhaustedV1,
  ReleaseExpiredV1,
  ReleaseIssuedV1,
  ReleaseResumedV1,
  ReleaseRevokedV1,
  ReleaseSuspendedV1,
  SpendLimitAlertedV1,
  UsageCorrectedV1,
  UsageLimitAlertedV1,
  UsagePeriodClosedV1,
  UsageStatementSignedV1,
  type EventDefinition,
} from '@hetao/events';

/** One fact that may leave the exchange: which of its fields, and in which of them the parties stand. */
export interface PublishedEvent {
  readonly event: EventDefinition<unknown>;
  /** Fields that name the organisations it is told to; none where only an earlier event of the same subject does. */
  readonly parties: readonly string[];
  /** Fields that are told. Deny first: what is not named stays inside. */
  readonly fields: readonly string[];
}

function tell<T extends object>(
  event: EventDefinition<T>,
  parties: readonly (keyof T & string)[],
  fields: readonly (keyof T & string)[],
): PublishedEvent {
  return { event, parties, fields: [...parties, ...fields] };
}

const trade = ['merchantId', 'buyerId'] as const;
const crossing = ['exporterId', 'recipientId'] as const;

/** What receivers of webhooks can be told of. Thin on purpose: who needs more asks the API for the object it names. */
export const publishedEvents: readonly PublishedEvent[] = [
  tell(ProductListedV1, ['merchantId'], ['productId', 'version', 'kind', 'listedAt']),
  tell(ProductReturnedV1, ['merchantId'], ['productId', 'reason', 'returnedAt']),
  tell(ProductRefusedV1, ['merchantId'], ['productId', 'article', 'reason', 'refusedAt']),
  tell(ProductSuspendedV1, ['merchantId'], ['productId', 'reason', 'suspendedAt']),
  tell(ProductResumedV1, ['merchantId'], ['productId', 'resumedAt']),
  tell(ProductDelistedV1, ['merchantId'], ['productId', 'reason', 'delistedAt']),
  tell(AccessRequestedV1, trade, ['requestId', 'offerId', 'productId', 'requestedAt']),
  // The buyer stands in the event before it alone.
  tell(AccessAnsweredV1, [], ['requestId', 'productId', 'merchantId', 'answer', 'requestedAt', 'answeredAt']),
  tell(AgreementConcludedV1, trade, ['agreementId', 'offerId', 'productId', 'documentHash', 'concludedAt']),
  tell(AgreementAwaitsReleaseV1, trade, ['agreementId', 'productId', 'origin', 'destination', 'purpose', 'signedAt']),
  tell(AgreementSuspendedV1, trade, ['agreementId', 'productId', 'holder', 'reason', 'suspendedAt']),
  tell(AgreementResumedV1, trade, ['agreementId', 'productId', 'resumedAt']),
  tell(AgreementSupersededV1, [], ['agreementId', 'supersededBy', 'kind', 'documentHash', 'supersededAt']),
  tell(AgreementEndedV1, [], ['agreementId', 'reason', 'endedAt']),
  tell(EntitlementGrantedV1, trade, [
    ...(['entitlementId', 'agreementId', 'productId', 'purposes', 'quota'] as const),
    ...(['validFrom', 'validUntil', 'grantedAt'] as const),
  ]),
  tell(EntitlementRevokedV1, [], ['entitlementId', 'agreementId', 'reason', 'revokedAt']),
  tell(DisputeOpenedV1, trade, ['disputeId', 'agreementId', 'openedBy', 'ground', 'openedAt']),
  tell(DisputeClosedV1, trade, ['disputeId', 'agreementId', 'outcome', 'remedy', 'closedAt']),
  tell(ReleaseIssuedV1, crossing, [
    ...(['releaseId', 'declarationId', 'productId', 'agreementId', 'pathway', 'officialReference'] as const),
    ...(['validFrom', 'validUntil', 'issuedAt'] as const),
  ]),
  tell(ReleaseSuspendedV1, [], ['releaseId', 'declarationId', 'reason', 'suspendedAt']),
  tell(ReleaseResumedV1, [], ['releaseId', 'declarationId', 'reason', 'resumedAt']),
  tell(ReleaseRevokedV1, [], ['releaseId', 'declarationId', 'reason', 'revokedAt']),
  tell(ReleaseExpiredV1, [], ['releaseId', 'declarationId', 'validUntil', 'expiredAt']),
  tell(QuotaExhaustedV1, [], ['agreementId', 'meter', 'limit', 'used', 'exhaustedAt']),
  tell(UsageLimitAlertedV1, trade, [
    ...(['alertId', 'budgetId', 'agreementId', 'scope', 'scopeValue', 'meter', 'cause', 'strength'] as const),
    ...(['percent', 'limit', 'used', 'periodStart', 'periodEnd', 'alertedAt'] as const),
  ]),
  tell(SpendLimitAlertedV1, trade, [
    ...(['alertId', 'budgetId', 'agreementId', 'scope', 'scopeValue', 'cause', 'strength'] as const),
    ...(['percent', 'limit', 'spent', 'periodStart', 'periodEnd', 'alertedAt'] as const),
  ]),
  tell(UsagePeriodClosedV1, trade, ['periodId', 'period', 'timeZone', 'agreementId', 'productId', 'closedAt']),
  tell(UsageStatementSignedV1, trade, [
    ...(['statementId', 'agreementId', 'windowStart', 'windowEnd', 'events', 'rootHash', 'signedAt'] as const),
  ]),
  tell(UsageCorrectedV1, trade, [
    ...(['adjustmentId', 'correctionId', 'agreementId', 'originalPeriod', 'adjustmentPeriod'] as const),
    ...(['cause', 'reason', 'netEffect', 'appliedAt'] as const),
  ]),
  tell(InvoiceIssuedV1, trade, [
    ...(['invoiceId', 'number', 'period', 'agreementId', 'net', 'tax', 'gross', 'dueDate', 'issuedAt'] as const),
  ]),
  tell(InvoicePaidV1, [], ['invoiceId', 'paid', 'paidAt']),
  tell(InvoiceVoidedV1, [], ['invoiceId', 'number', 'reason', 'voidedAt']),
  tell(CreditNoteIssuedV1, trade, [
    ...(['creditNoteId', 'number', 'invoiceId', 'period', 'gross', 'refund', 'reason', 'issuedAt'] as const),
  ]),
  tell(PayoutInstructedV1, ['beneficiaryId'], ['payoutId', 'period', 'amount', 'endToEndId', 'instructedAt']),
  tell(PayoutSettledV1, [], ['payoutId', 'settledAt']),
  // To the exchange's own people alone.
  tell(PeriodClosedV1, [], ['period', 'closedAt']),
];

/** A message the door sends of itself, to try an endpoint or to say that another one rests. */
export const ownTypes = {
  test: 'hetao.gateway.webhook-tested.v1',
  disabled: 'hetao.gateway.webhook-disabled.v1',
} as const;

/** Every type an endpoint can ask for. */
export const publishedTypes: readonly string[] = [
  ...publishedEvents.map(({ event }) => event.type),
  ...Object.values(ownTypes),
];
