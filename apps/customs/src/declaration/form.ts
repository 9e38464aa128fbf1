/** What the law wants to know about every field that leaves. */
export interface DeclaredField {
  readonly name: string;
  readonly personal: boolean;
  readonly sensitive: boolean;
  readonly health: boolean;
  readonly gene: boolean;
  readonly minor: boolean;
  /** Why this field is needed for the purpose. */
  readonly reason: string;
  readonly source: string;
  readonly legalBasis: string;
}
/** A document that was supplied: which, and the hash of what was supplied. */
export interface SuppliedDocument {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
}

/** The minimum a declaration asks (reference 2.5), beside the facts the rules read. */
export interface DeclarationForm {
  readonly title: string;
  readonly productId: string | null;
  readonly agreementId: string | null;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly recipientControl: string;
  readonly scenario: string;
  readonly necessity: string;
  readonly fields: readonly DeclaredField[];
  readonly deidentification: string | null;
  readonly storagePlace: string;
  readonly retentionDays: number;
  readonly onwardTransfers: string | null;
  /** Distinct persons this transfer plans to send. */
  readonly persons: { readonly general: number; readonly sensitive: number };
  readonly existingNumbers: readonly string[];
  readonly documents: readonly SuppliedDocument[];
}
