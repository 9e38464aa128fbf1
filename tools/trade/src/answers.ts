/** What the trade reads of the public API's answers; the whole of them is in /openapi.json. */

export interface Money {
  readonly amount: string;
  readonly currency: string;
}

export interface Organisation {
  readonly id: string;
  readonly name: { readonly en: string };
  readonly status: string;
}

export interface Product {
  readonly id: string;
  readonly name: { readonly en: string };
  readonly status: string;
}

export interface Offer {
  readonly id: string;
  readonly product_id: string;
  readonly status: string;
}

export interface AccessRequest {
  readonly id: string;
  readonly offer_id: string;
  readonly status: string;
  readonly agreement_id: string | null;
}

export interface Agreement {
  readonly id: string;
  readonly status: string;
  readonly document_hash: string;
}

export interface Entitlement {
  readonly id: string;
  readonly agreement_id: string;
  readonly status: string;
}

export interface IngestionReport {
  readonly received: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
  /** Durable in the log, and not counted yet. */
  readonly pending: number;
  readonly items: readonly {
    readonly index: number;
    readonly status: string;
    readonly code?: string;
    readonly detail?: string;
    readonly fix?: string;
  }[];
}

export interface UsageSummary {
  readonly state: string;
  readonly windows: number;
  readonly totals: readonly { readonly meter: string; readonly quantity: string; readonly events: number }[];
}

export interface Invoice {
  readonly id: string;
  readonly number: string;
  readonly agreement_id: string;
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
  readonly status: string;
}

export interface Payout {
  readonly id: string;
  readonly amount: Money;
  readonly share: string;
  readonly end_to_end_id: string;
  readonly status: string;
  readonly bank_account: {
    readonly name: string;
    readonly iban: string | null;
    readonly account_number: string | null;
  };
}

export interface StatementImport {
  readonly statement_id: string;
  readonly entries: number;
  readonly matched: number;
  readonly unmatched: readonly { readonly detail: string; readonly fix: string }[];
}
