/** What the demo reads of the public API's answers; the whole of them is in /openapi.json. */

import type { Money } from '../../trade/src/answers.js';

export interface Organisation {
  readonly id: string;
  readonly name: { readonly en: string };
  readonly roles: readonly string[];
  readonly status: string;
}

export interface Product {
  readonly id: string;
  readonly merchant_id: string;
  readonly name: { readonly en: string };
  readonly status: string;
}

export interface Offer {
  readonly id: string;
  readonly product_id: string;
  readonly plan: object;
  readonly term: { readonly from: string };
  readonly status: string;
}

export interface AccessRequest {
  readonly id: string;
  readonly offer_id: string;
  readonly buyer_id: string;
  readonly status: string;
  readonly agreement_id: string | null;
}

export interface Agreement {
  readonly id: string;
  readonly status: string;
  readonly document_hash: string;
  readonly signatures: readonly { readonly party: string }[];
  readonly release: object | null;
  readonly effective_from: string;
  readonly effective_until: string;
}

export interface Invoice {
  readonly id: string;
  readonly number: string;
  readonly agreement_id: string;
  readonly buyer_name: { readonly en: string } | null;
  readonly gross: Money;
  readonly status: string;
  readonly issued_at: string;
}

export interface Payout {
  readonly id: string;
  readonly share: string;
  readonly amount: Money;
  readonly end_to_end_id: string;
  readonly status: string;
  readonly instructed_at: string;
  readonly bank_account: {
    readonly name: string;
    readonly iban: string | null;
    readonly account_number: string | null;
  };
}

export interface Statement {
  readonly opening: Money;
  readonly closing: Money;
}

/** Who calls: a person's account, and the key they call with. */
export interface Me {
  readonly subject: string;
  readonly account_id: string;
  readonly display_name: string;
  readonly scopes: readonly string[];
}

export interface Enclave {
  readonly id: string;
  readonly product_id: string;
  readonly newest_version: object | null;
}

export interface TrainingRun {
  readonly id: string;
  readonly state: string;
  readonly mode: string;
  readonly data: { readonly table: string };
  readonly round: number;
  readonly rounds: number;
}
