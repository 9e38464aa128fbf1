/** The kinds of things the first page lists. */
export type Kind = 'participants' | 'products' | 'agreements' | 'usage' | 'invoices' | 'payouts';

/** What the first page says. */
export interface HomeWords {
  readonly title: string;
  readonly lead: string;
  readonly visitor: string;
  readonly flow: string;
  readonly live: string;
  readonly updated: (time: string) => string;
  readonly stale: string;
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly empty: Readonly<Record<Kind, string>>;
  readonly emptyEquation: string;
  readonly tryTrade: string;
  readonly closed: string;
  readonly away: (service: string) => string;
  readonly more: (shown: number, path: string) => string;
  readonly columns: Readonly<
    Record<
      | 'name'
      | 'place'
      | 'roles'
      | 'status'
      | 'kind'
      | 'merchant'
      | 'buyer'
      | 'product'
      | 'until'
      | 'period'
      | 'number'
      | 'gross'
      | 'due'
      | 'beneficiary'
      | 'amount'
      | 'when'
      | 'agreement',
      string
    >
  >;
  readonly words: Readonly<Record<string, string>>;
  readonly places: Readonly<Record<string, string>>;
  readonly calls: string;
  readonly equationTitle: (period: string) => string;
  readonly equationIntro: string;
  readonly terms: Readonly<Record<'usage' | 'rated' | 'invoiced' | 'split' | 'settled', string>>;
  readonly settledParts: (parts: { merchants: string; channels: string; fee: string; tax: string }) => string;
  readonly balanced: string;
  readonly unbalanced: string;
  readonly currency: string;
  readonly state: string;
  readonly startTitle: string;
  readonly startCurl: string;
  readonly startPeople: string;
  readonly startTrade: string;
}
