import type { EventDefinition, Topic } from './define-event.js';
import { ParticipantRegisteredV1 } from './catalog/participant-registered.v1.js';
import { ParticipantApprovedV1 } from './catalog/participant-approved.v1.js';
import { ParticipantApprovedV2 } from './catalog/participant-approved.v2.js';
import { ParticipantSuspendedV1 } from './catalog/participant-suspended.v1.js';
import { ParticipantEndedV1 } from './catalog/participant-ended.v1.js';
import { ProductDescribedV1 } from './catalog/product-described.v1.js';
import { ProductListedV1 } from './catalog/product-listed.v1.js';
import { ProductDelistedV1 } from './catalog/product-delisted.v1.js';
import { ProductSubmittedV1 } from './catalog/product-submitted.v1.js';
import { ProductReturnedV1 } from './catalog/product-returned.v1.js';
import { ProductRefusedV1 } from './catalog/product-refused.v1.js';
import { ProductSuspendedV1 } from './catalog/product-suspended.v1.js';
import { ProductResumedV1 } from './catalog/product-resumed.v1.js';
import { ProductVersionAnnouncedV1 } from './catalog/product-version-announced.v1.js';
import { CertificateIssuedV1 } from './catalog/certificate-issued.v1.js';
import { DemandPostedV1 } from './catalog/demand-posted.v1.js';
import { DemandAnsweredV1 } from './catalog/demand-answered.v1.js';
import { DemandClosedV1 } from './catalog/demand-closed.v1.js';
import { SavedSearchMatchedV1 } from './catalog/saved-search-matched.v1.js';
import { OfferPublishedV1 } from './contracts/offer-published.v1.js';
import { OfferWithdrawnV1 } from './contracts/offer-withdrawn.v1.js';
import { AgreementAwaitsReleaseV1 } from './contracts/agreement-awaits-release.v1.js';
import { AgreementConcludedV1 } from './contracts/agreement-concluded.v1.js';
import { AgreementConcludedV2 } from './contracts/agreement-concluded.v2.js';
import { AgreementEndedV1 } from './contracts/agreement-ended.v1.js';
import { EntitlementGrantedV1 } from './contracts/entitlement-granted.v1.js';
import { EntitlementRevokedV1 } from './contracts/entitlement-revoked.v1.js';
import { OfferPublishedV2 } from './contracts/offer-published.v2.js';
import { AgreementSuspendedV1 } from './contracts/agreement-suspended.v1.js';
import { AgreementResumedV1 } from './contracts/agreement-resumed.v1.js';
import { AgreementSupersededV1 } from './contracts/agreement-superseded.v1.js';
import { EntitlementGrantedV2 } from './contracts/entitlement-granted.v2.js';
import { EntitlementSuspendedV1 } from './contracts/entitlement-suspended.v1.js';
import { EntitlementResumedV1 } from './contracts/entitlement-resumed.v1.js';
import { DisputeOpenedV1 } from './contracts/dispute-opened.v1.js';
import { DisputeClosedV1 } from './contracts/dispute-closed.v1.js';
import { AccessRequestedV1 } from './contracts/access-requested.v1.js';
import { AccessAnsweredV1 } from './contracts/access-answered.v1.js';
import { UsageWindowClosedV1 } from './metering/usage-window-closed.v1.js';
import { UsagePeriodClosedV1 } from './metering/usage-period-closed.v1.js';
import { UsagePeriodCompletedV1 } from './metering/usage-period-completed.v1.js';
import { QuotaExhaustedV1 } from './metering/quota-exhausted.v1.js';
import { PersonsDeliveredV1 } from './metering/persons-delivered.v1.js';
import { UsageStatementSignedV1 } from './metering/usage-statement-signed.v1.js';
import { UsageCorrectedV1 } from './metering/usage-corrected.v1.js';
import { UsageLimitAlertedV1 } from './metering/usage-limit-alerted.v1.js';
import { SpendLimitAlertedV1 } from './metering/spend-limit-alerted.v1.js';
import { InvoiceIssuedV1 } from './settlement/invoice-issued.v1.js';
import { InvoicePaidV1 } from './settlement/invoice-paid.v1.js';
import { InvoiceVoidedV1 } from './settlement/invoice-voided.v1.js';
import { CreditNoteIssuedV1 } from './settlement/credit-note-issued.v1.js';
import { PayoutInstructedV1 } from './settlement/payout-instructed.v1.js';
import { PayoutSettledV1 } from './settlement/payout-settled.v1.js';
import { PeriodClosedV1 } from './settlement/period-closed.v1.js';
import { ReleaseIssuedV1 } from './customs/release-issued.v1.js';
import { ReleaseSuspendedV1 } from './customs/release-suspended.v1.js';
import { ReleaseResumedV1 } from './customs/release-resumed.v1.js';
import { ReleaseRevokedV1 } from './customs/release-revoked.v1.js';
import { ReleaseExpiredV1 } from './customs/release-expired.v1.js';
import { RecordSealedV1 } from './attestation/record-sealed.v1.js';
import { LogAlarmRaisedV1 } from './attestation/log-alarm-raised.v1.js';
import { AuditNotedV1 } from './gateway/audit-noted.v1.js';
import { DeliveryManifestIssuedV1 } from './gateway/delivery-manifest-issued.v1.js';
import { JobReceiptIssuedV1 } from './sandbox/job-receipt-issued.v1.js';
import { ComputeUsedV1 } from './sandbox/compute-used.v1.js';
import { OutputReleasedV1 } from './sandbox/output-released.v1.js';
import { OutputRecalledV1 } from './sandbox/output-recalled.v1.js';

/** Every published version of every event, by service. A consumer finds an event by its type here. */
export const allEvents: readonly EventDefinition<unknown>[] = [
  ParticipantRegisteredV1,
  ParticipantApprovedV1,
  ParticipantApprovedV2,
  ParticipantSuspendedV1,
  ParticipantEndedV1,
  ProductDescribedV1,
  ProductListedV1,
  ProductDelistedV1,
  ProductSubmittedV1,
  ProductReturnedV1,
  ProductRefusedV1,
  ProductSuspendedV1,
  ProductResumedV1,
  ProductVersionAnnouncedV1,
  CertificateIssuedV1,
  DemandPostedV1,
  DemandAnsweredV1,
  DemandClosedV1,
  SavedSearchMatchedV1,
  OfferPublishedV1,
  OfferWithdrawnV1,
  AgreementAwaitsReleaseV1,
  AgreementConcludedV1,
  AgreementConcludedV2,
  AgreementEndedV1,
  EntitlementGrantedV1,
  EntitlementRevokedV1,
  OfferPublishedV2,
  AgreementSuspendedV1,
  AgreementResumedV1,
  AgreementSupersededV1,
  EntitlementGrantedV2,
  EntitlementSuspendedV1,
  EntitlementResumedV1,
  DisputeOpenedV1,
  DisputeClosedV1,
  AccessRequestedV1,
  AccessAnsweredV1,
  UsageWindowClosedV1,
  UsagePeriodClosedV1,
  UsagePeriodCompletedV1,
  QuotaExhaustedV1,
  PersonsDeliveredV1,
  UsageStatementSignedV1,
  UsageCorrectedV1,
  UsageLimitAlertedV1,
  SpendLimitAlertedV1,
  InvoiceIssuedV1,
  InvoicePaidV1,
  InvoiceVoidedV1,
  CreditNoteIssuedV1,
  PayoutInstructedV1,
  PayoutSettledV1,
  PeriodClosedV1,
  ReleaseIssuedV1,
  ReleaseSuspendedV1,
  ReleaseResumedV1,
  ReleaseRevokedV1,
  ReleaseExpiredV1,
  RecordSealedV1,
  LogAlarmRaisedV1,
  AuditNotedV1,
  DeliveryManifestIssuedV1,
  JobReceiptIssuedV1,
  ComputeUsedV1,
  OutputReleasedV1,
  OutputRecalledV1,
];

/** Every topic that carries them, each once: what a broker must have before the first service starts. */
export const allTopics: readonly Topic[] = [...new Set(allEvents.map((event) => event.topic))];
