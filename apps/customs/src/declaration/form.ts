/** What the law wants to know about every field that leaves; null: not answered yet. */
export interface DeclaredField {
  readonly name: string;
  readonly personal: boolean;
  readonly sensitive: boolean;
  readonly health: boolean;
  readonly gene: boolean;
  readonly minor: boolean;
  /** Why this field is needed for the purpose. */
  readonly reason: string | null;
  readonly source: string | null;
  readonly legalBasis: string | null;
}
/** A document that was supplied: which, and the hash of what was supplied. */
export interface SuppliedDocument {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
}
/** Who exports, as the authority knows him. */
export interface ExporterIdentity {
  readonly name: string;
  /** Where he is registered or located, as precisely as his papers say it. */
  readonly place: string;
  /** Unified social credit code on the mainland, or the register's number elsewhere. */
  readonly registrationNumber: string | null;
  readonly contact: string | null;
}
/** Persons sent this year over a channel other than this exchange. */
export interface OtherChannel {
  readonly channel: string;
  readonly general: number;
  readonly sensitive: number;
}
/** That somebody looked into the negative list of the zone, into which, and what it said. */
export interface ListLookup {
  readonly list: string;
  readonly lookedUpOn: string;
  readonly result: string;
}
/** The contract the transfer is made under. */
export interface TransferContract {
  readonly reference: string;
  readonly documentSha256: string | null;
  readonly effectiveFrom: string;
  readonly effectiveUntil: string;
}
/** What the exporter himself has to judge (PIPL 56, SCM 5, SAM 5); no machine writes these sentences. */
export interface OwnAssessment {
  readonly lawfulness: string;
  readonly impact: string;
  readonly measures: string;
  readonly recipientLaw: string;
  readonly incidentPlan: string;
  readonly finishedOn: string;
}

/** The minimum a declaration asks (reference 2.5), beside the facts the rules read; null: not answered yet. */
export interface DeclarationForm {
  readonly title: string;
  readonly productId: string | null;
  readonly agreementId: string | null;
  readonly exporter: ExporterIdentity | null;
  /** Why the exporter is, or is not, an operator of critical information infrastructure. */
  readonly ciioBasis: string | null;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly recipientPlace: string | null;
  readonly recipientControl: string | null;
  readonly scenario: string | null;
  readonly necessity: string | null;
  readonly fields: readonly DeclaredField[];
  readonly deidentification: string | null;
  readonly storagePlace: string | null;
  readonly retentionDays: number | null;
  readonly onwardTransfers: string | null;
  /** Distinct persons this transfer plans to send. */
  readonly persons: { readonly general: number; readonly sensitive: number };
  /** Empty: there are none; null: not answered. */
  readonly otherChannels: readonly OtherChannel[] | null;
  readonly listLookup: ListLookup | null;
  /** Id of the requirement chosen where the finding leaves a choice; null: the pathway's own. */
  readonly mechanism: string | null;
  readonly contract: TransferContract | null;
  readonly assessment: OwnAssessment | null;
  readonly existingNumbers: readonly string[];
  readonly documents: readonly SuppliedDocument[];
}
