import { Decimal, money, sumMoney, type Currency } from '@hetao/kernel';
import { rateAny, taxOn, type AnyPricePlan, type RatingContext, type TaxTerms } from '@hetao/rating';
import { differencesOf, netOf } from '../adjustment/adjustment.js';
import type { MeterTotal } from '../rating/rating.js';
import type { Taxed } from './equation.js';

/** One agreement's usage of a period beside the charges that were made of it. */
export interface RatedAgreement {
  readonly agreementId: string;
  readonly plan: AnyPricePlan;
  /** What the tax is reckoned by: the invoice's terms, or the plan's before there is one. */
  readonly tax: TaxTerms;
  /** What rating used beside usage and plan; null for plans of the first form. */
  readonly context: RatingContext | null;
  /** Corrections of earlier months that are charged in this one. */
  readonly adjustments?: readonly ChargedAdjustment[];
  readonly totals: readonly { readonly meter: string; readonly quantity: string }[];
  readonly charges: readonly {
    readonly chargeId: string;
    readonly meter: string | null;
    readonly quantity: string;
    readonly amountMinor: bigint;
  }[];
}

/** Both counts of a corrected month, and what they were rated by. */
export interface ChargedAdjustment {
  readonly originalPeriod: string;
  readonly before: readonly MeterTotal[];
  readonly after: readonly MeterTotal[];
  readonly inCount: boolean;
  readonly context: RatingContext | null;
}

/** Units of a meter: counted, charged for, and free by the plans. */
export interface MeterUnits {
  readonly meter: string;
  readonly usage: Decimal;
  readonly rated: Decimal;
  readonly unpriced: Decimal;
}

/** What usage comes to in one currency, rated again, beside what was kept. */
export interface RecountedCurrency {
  readonly currency: Currency;
  readonly usage: Taxed;
  readonly rated: Taxed;
  readonly agreementIds: readonly string[];
  readonly chargeIds: readonly string[];
}

export interface Recount {
  readonly currencies: readonly RecountedCurrency[];
  readonly meters: readonly MeterUnits[];
}

interface Tally {
  usage: Taxed;
  rated: Taxed;
  readonly agreementIds: string[];
  readonly chargeIds: string[];
}

/**
 * Rates the usage of a period again and adds up both what that gives and what was kept. Agreements may be given page by
 * page: the sums are those of all of them.
 */
export class Recounting {
  readonly #currencies = new Map<Currency, Tally>();
  readonly #meters = new Map<string, MeterUnits>();

  /** @throws DomainException PRICE_PLAN_INVALID, which no agreement that was rated before can cause. */
  add(agreement: RatedAgreement, period: string): void {
    const { plan, tax, charges, agreementId } = agreement;
    const again = money(usageMinor(agreement, period), plan.currency);
    const tally = this.#tally(plan.currency);
    const kept = sumMoney(
      plan.currency,
      charges.map(({ amountMinor }) => money(amountMinor, plan.currency)),
    );
    tally.usage = plus(tally.usage, again.amountMinor, taxOn(again, tax).amountMinor);
    tally.rated = plus(tally.rated, kept.amountMinor, taxOn(kept, tax).amountMinor);
    tally.agreementIds.push(agreementId);
    tally.chargeIds.push(...charges.map(({ chargeId }) => chargeId));
    this.#countUnits(agreement);
  }

  result(): Recount {
    const currencies = [...this.#currencies].map(([currency, tally]) => ({ currency, ...tally }));
    const meters = [...this.#meters.values()].sort((a, b) => (a.meter < b.meter ? -1 : 1));
    return { currencies: currencies.sort((a, b) => (a.currency < b.currency ? -1 : 1)), meters };
  }

  /** Two components may price one meter; its units are charged for once. */
  #countUnits({ totals, charges }: RatedAgreement): void {
    const charged = new Map(
      charges.flatMap(({ meter, quantity }) => (meter === null ? [] : [[meter, quantity] as const])),
    );
    for (const { meter, quantity } of totals) {
      const usage = Decimal.parse(quantity);
      const rated = charged.get(meter);
      this.#addUnits(meter, {
        usage,
        rated: rated === undefined ? Decimal.zero : Decimal.parse(rated),
        unpriced: rated === undefined ? usage : Decimal.zero,
      });
    }
  }

  #addUnits(meter: string, units: Omit<MeterUnits, 'meter'>): void {
    const before = this.#meters.get(meter);
    this.#meters.set(meter, {
      meter,
      usage: units.usage.plus(before?.usage ?? Decimal.zero),
      rated: units.rated.plus(before?.rated ?? Decimal.zero),
      unpriced: units.unpriced.plus(before?.unpriced ?? Decimal.zero),
    });
  }

  #tally(currency: Currency): Tally {
    const none = { net: 0n, tax: 0n };
    const tally = this.#currencies.get(currency) ?? { usage: none, rated: none, agreementIds: [], chargeIds: [] };
    this.#currencies.set(currency, tally);
    return tally;
  }
}

/** What the month's usage comes to, and the differences of corrected months. A month without usage is charged nothing. */
function usageMinor({ plan, totals, context, adjustments = [] }: RatedAgreement, period: string): bigint {
  const own = totals.length === 0 ? 0n : rateAny(plan, { totals, period }, context).net.amountMinor;
  return adjustments.reduce((sum, one) => sum + netOf(differencesOf({ plan, ...one })), own);
}

function plus(to: Taxed, net: bigint, tax: bigint): Taxed {
  return { net: to.net + net, tax: to.tax + tax };
}
