import type { NewSimulation, Offer, Simulation } from '@hetao/client';
import { addMoney, Decimal, formatMoney, money, parseMoney, subtractMoney, type Money } from '@hetao/kernel';
import type { MoneyText } from '../../i18n/format.js';
import { metersOf } from '../../kit/price/price.rules.js';

const HUNDRED = Decimal.of(100);

export interface TrialValues {
  /** The fee to try, in percent of the net price: `2.5`. */
  readonly percent: string;
  /** So much of each meter; left empty: none. */
  readonly usage?: Readonly<Record<string, string | undefined>>;
}

/** What one party gets under the fee in force, under the tried one, and the difference. */
export interface TrialRow {
  readonly party: string;
  readonly inForce: MoneyText;
  readonly tried: MoneyText;
  readonly difference: MoneyText;
}

/** Hundredths of a percent as percent: 250 → `2.5`. */
export function percentOfBps(bps: number): string {
  return Decimal.of(bps).dividedExactlyBy(HUNDRED).toString();
}

/** Percent with at most two decimals as hundredths of a percent: `2.5` → 250. */
export function bpsOf(percent: string): number {
  return Number(Decimal.parse(percent).times(HUNDRED).toString());
}

/** One month of an offer at a fee of the exchange; everything else as the offer has it. */
export function trialOf(offer: Offer, period: string, bps: number, usage: TrialValues['usage'] = {}): NewSimulation {
  const used = metersOf(offer.plan).flatMap((meter) => {
    const quantity = usage[meter]?.trim();
    return quantity ? [{ meter, quantity }] : [];
  });
  // A month without use costs nothing; a plan without meters is tried with one use, as every real month of it has.
  const tried = metersOf(offer.plan).length === 0 ? [{ meter: 'calls', quantity: '1' }] : used;
  return {
    plan: { ...offer.plan, fee: { ...offer.plan.fee, exchange_bps: bps } },
    time_zone: offer.time_zone,
    in_force: offer.term,
    channel_partner: offer.channel_partner_id !== null,
    months: [{ period, usage: tried }],
  };
}

/** The shares of both, party by party; a party of one side alone gets nothing on the other. */
export function compared(inForce: Simulation, tried: Simulation): readonly TrialRow[] {
  const [before, after] = [sharesOf(inForce), sharesOf(tried)];
  const nothing = money(0n, tried.gross.currency);
  return [...new Set([...before.keys(), ...after.keys()])].map((party) => {
    const [old, now] = [before.get(party) ?? nothing, after.get(party) ?? nothing];
    return {
      party,
      inForce: textOf(old),
      tried: textOf(now),
      difference: textOf(subtractMoney(now, old)),
    };
  });
}

const textOf = (value: Money): MoneyText => ({ amount: formatMoney(value), currency: value.currency });

function sharesOf(simulation: Simulation): ReadonlyMap<string, Money> {
  const sums = new Map<string, Money>();
  for (const { party, amount } of simulation.months.flatMap(({ shares }) => shares)) {
    const [sum, share] = [sums.get(party), parseMoney(amount.amount, amount.currency)];
    sums.set(party, sum === undefined ? share : addMoney(sum, share));
  }
  return sums;
}
