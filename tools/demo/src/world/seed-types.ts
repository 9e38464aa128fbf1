import type { Currency, Jurisdiction, LocalizedText } from '@hetao/kernel';

/** One part of a price as the public API takes it: amounts in major units, as decimal text. */
export type PriceSeed =
  | { readonly kind: 'flat'; readonly id: string; readonly amount: string }
  | {
      readonly kind: 'per_unit';
      readonly id: string;
      readonly meter: string;
      readonly unit_price: string;
      readonly per: string;
    }
  | {
      readonly kind: 'tiered';
      readonly id: string;
      readonly meter: string;
      readonly mode: 'graduated' | 'volume';
      readonly per: string;
      readonly tiers: readonly { readonly up_to: string | null; readonly unit_price: string }[];
    };

/**
 * When agreements from an offer hold. `standing`: from last month for two years; `story`: a month earlier, for the
 * trade that is closed already; `month`: until the end of this month; `next`: from next month; `today`: since last
 * month and over within moments, so that one agreement can be seen expired.
 */
export type TermSeed = 'standing' | 'story' | 'month' | 'next' | 'today';

export interface OfferSeed {
  readonly slug: string;
  readonly prices: readonly PriceSeed[];
  /** What the product may be used for, and where. */
  readonly purposes: readonly string[];
  readonly places: readonly Jurisdiction[];
  readonly term?: TermSeed;
  /** `today`: the offer itself runs out within moments; a year otherwise. */
  readonly valid?: 'today';
  readonly quota?: { readonly meter: string; readonly limit: string };
  /** Who brought the buyer, and what it gets in basis points of net. */
  readonly channel?: { readonly partner: string; readonly bps: number };
  readonly onwardUse?: boolean;
  /** 365 where nothing is said. */
  readonly retentionDays?: number | null;
  /** Taken back by the merchant after it was published. */
  readonly withdrawn?: boolean;
}

/** Where a product's listing is to stand. */
export type ListingSeed =
  | { readonly state: 'draft' | 'submitted' | 'listed' }
  | { readonly state: 'returned' | 'delisted'; readonly reason: string };

export interface ProductSeed {
  readonly slug: string;
  readonly kind: 'dataset' | 'api' | 'report' | 'tool' | 'model' | 'compute';
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  /** Languages of the data itself, BCP 47. */
  readonly languages: readonly string[];
  /** Listed where nothing is said. */
  readonly listing?: ListingSeed;
  readonly offers?: readonly OfferSeed[];
}

/** An organisation as it is told: everything else about it follows from its slug and place. */
export interface OrganisationSeed {
  /** Part of its people's addresses: `merchant@<slug>.hetao.demo`. */
  readonly slug: string;
  readonly name: LocalizedText;
  readonly jurisdiction: Jurisdiction;
}

export interface MerchantSeed extends OrganisationSeed {
  /** The currency of its place where nothing is said. */
  readonly currency?: Currency;
  readonly products: readonly ProductSeed[];
}

/** When a product is used. */
export type Rhythm = 'office' | 'clock' | 'two-hourly' | 'market' | 'nightly';

/** How much is used in an hour in which it is used; the hours differ, always in the same way. */
export interface UsageSeed {
  readonly rhythm: Rhythm;
  /** Mean calls in such an hour. */
  readonly calls: number;
  /** Mean bytes of an answer. */
  readonly bytesPerCall: number;
  /** Further meters, per call: minutes of a session, rows, files. */
  readonly perCall?: Readonly<Record<string, number>>;
}

/** How far a request for access has come. */
export type DealState =
  | 'requested'
  | 'request_declined'
  | 'request_withdrawn'
  | 'request_expired'
  | 'unsigned'
  | 'signed_by_merchant'
  | 'signed_by_buyer'
  | 'lapsed'
  | 'concluded'
  | 'in_force'
  | 'expired'
  | 'ended_by_buyer'
  | 'ended_by_merchant'
  | 'terminated';

/** One buyer's way to one product. */
export interface DealSeed {
  /** `merchant/product/offer`. */
  readonly offer: string;
  readonly buyer: string;
  readonly purpose: string;
  readonly place: Jurisdiction;
  readonly state: DealState;
  /** Why it was declined, ended or terminated. */
  readonly reason?: string;
  readonly usage?: UsageSeed;
  /** What becomes of last month's invoice; nothing is paid where nothing is said. */
  readonly payment?: 'paid' | 'underpaid';
  /** What the buyer says is wrong, on what ground; nobody has answered it yet. */
  readonly dispute?: { readonly ground: 'delivery' | 'quality'; readonly claim: string };
}
