import { currencies, currencyDigits, type Currency } from '@hetao/kernel';
import { rate, ratingRuleVersion, type PricePlan, type ShareKey } from '@hetao/rating';
import { makeInvoice, type Invoice, type SplitTerms } from '../../src/invoice/invoice.js';
import type { Holdings } from '../../src/invoice/party-accounts.js';
import type { AccountKey, Leg, Posting } from '../../src/ledger/ledger.js';
import type { Act } from './acts.js';
import { Figures } from './figures.js';
import { Random } from './random.js';

/** What the exchange knows of one invoice beside the ledger. */
export interface OpenBook {
  invoice: Invoice;
  holdings: Holdings;
  /** What left for each party, and what of its debts payouts were set off against: told by themselves, to check by. */
  readonly left: Map<ShareKey, bigint>;
  readonly setOff: Map<ShareKey, bigint>;
  readonly payments: { readonly id: string; readonly amountMinor: bigint }[];
}

interface Deal {
  readonly agreementId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly channelPartnerId: string | null;
  readonly plan: PricePlan;
  readonly splitTerms: SplitTerms;
}

const HOUR_MS = 3_600_000;

/** Where a story stands: its chance, its clock, its open invoices, and what it has told so far. */
export class Scene {
  readonly random: Random;
  readonly figures = new Figures();
  readonly acts: Act[] = [];
  readonly books: OpenBook[] = [];
  /** Owed to a party and waiting: what came back, or was changed into another currency. */
  readonly waiting: { readonly account: AccountKey; readonly amountMinor: bigint }[] = [];
  readonly closed = new Set<string>();
  readonly #seed: number;
  readonly #deals: readonly Deal[];
  period = '';
  now = new Date(0);
  #count = 0;

  constructor(seed: number) {
    this.#seed = seed;
    this.random = new Random(seed);
    this.#deals = Array.from({ length: this.random.int(2, 4) }, (_, index) => this.#deal(index));
  }

  /** A name that no other seed uses, so that stories can share one ledger. */
  name(prefix: string): string {
    this.#count += 1;
    return `${prefix}_${this.#seed}_${this.#count}`;
  }

  owner(name: string): string {
    return `${name}_${this.#seed}`;
  }

  /** An account of the exchange itself, of this story. */
  own(kind: AccountKey['kind'], currency: Currency): AccountKey {
    return { owner: this.owner('exchange'), kind, currency };
  }

  post(postings: readonly Posting[], refusedAs?: string): void {
    // One in ten is sent twice in its batch, as a consumer that reads an event again would.
    const [first] = postings;
    const batch = first !== undefined && this.random.chance(10) ? [...postings, first] : postings;
    this.acts.push({ kind: 'post', postings: batch, ...(refusedAs !== undefined && { refusedAs }) });
  }

  /** A posting of this period, on some day of it. */
  posting(movement: Posting['movement'], legs: readonly Leg[], cause = movement as string): Posting {
    return {
      idempotencyKey: `${cause}:${this.name('cause')}`,
      movement,
      effectiveAt: this.day(),
      period: this.period,
      reference: { kind: 'simulation', id: this.owner('story') },
      legs,
    };
  }

  day(): Date {
    return new Date(Date.parse(`${this.period}-01T00:00:00Z`) + this.random.int(0, 28 * 24 - 1) * HOUR_MS);
  }

  clock(at: Date): void {
    this.now = at;
    this.acts.push({ kind: 'clock', at });
  }

  /** Clocks are set, and not only forwards. */
  jump(): void {
    this.clock(new Date(this.now.getTime() + this.random.int(-3, 60) * HOUR_MS + this.random.int(0, 999)));
  }

  /** Rates the month's usage, and makes the invoice of one deal; usage is corrected before it is rated now and then. */
  invoiceOf(index: number): Invoice {
    const deal = this.#deals[index];
    if (deal === undefined) throw new Error(`There is no deal ${index}.`);
    const counted = this.random.chance(15) ? 0 : this.random.int(1, 5_000_000);
    const corrected = this.random.chance(20) ? Math.max(0, counted - this.random.int(0, 1_000)) : counted;
    const totals = [{ meter: 'calls', quantity: String(corrected) }];
    const rated = rate({ plan: deal.plan, totals, period: this.period });
    const { invoice } = makeInvoice({
      agreement: deal,
      period: this.period,
      charges: rated.charges.map(({ componentId, meter, quantity, amountMinor }) => ({
        chargeId: this.name('chg'),
        componentId,
        meter,
        quantity,
        amountMinor: BigInt(amountMinor),
      })),
      ratingRule: ratingRuleVersion,
      year: 2015,
      yearNo: this.books.length + 1,
      issuedAt: this.now,
      dueDate: `${this.period}-28`,
      attempt: 1,
      purchaseOrder: null,
      taxCategory: 'standard',
      taxRateId: null,
    });
    return { ...invoice, splitTerms: deal.splitTerms };
  }

  get deals(): number {
    return this.#deals.length;
  }

  #deal(index: number): Deal {
    const { random } = this;
    const currency = random.pick(currencies);
    // A price of nothing, a usual one, and one that leads to the edge of what a leg may hold.
    const unit = random.chance(4)
      ? '0'
      : random.chance(4)
        ? '90000000'
        : `${random.int(0, 40)}.${random.int(100, 9999)}`;
    const huge = currencyDigits[currency] === 0 ? '100' : '1';
    return {
      agreementId: this.owner(`agr${index}`),
      merchantId: this.owner(`merchant${random.int(0, 2)}`),
      buyerId: this.owner(`buyer${random.int(0, 2)}`),
      channelPartnerId: random.chance(40) ? this.owner('channel') : null,
      plan: {
        currency,
        components: [
          { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: unit, per: huge },
          { kind: 'flat', id: 'base', amount: random.chance(30) ? '0' : String(random.int(0, 90_000)) },
        ],
        fee: { exchangeBps: random.int(0, 900), channelBps: random.int(0, 900) },
        tax: { jurisdiction: 'CN', rateBps: random.pick([0, 600, 900, 1_300]), mode: 'exclusive' },
      },
      splitTerms: {
        parties: random.chance(40)
          ? [{ role: 'source', participantId: this.owner('source'), bps: random.int(1, 3_000) }]
          : [],
        withholding: random.chance(30) ? { jurisdiction: 'CN', rateBps: 1_000 } : null,
      },
    };
  }
}
