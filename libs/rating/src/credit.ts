import { formatMoney, money, parseMoney, type Currency } from '@hetao/kernel';
import type { PrepaidComponent, PriceComponentV2 } from './price-plan-v2.js';
import type { ChargeV2, PeriodTerm } from './charge-v2.js';

/** Credit bought once, as far as it is left. */
export interface CreditLot {
  readonly componentId: string;
  /** Number of the agreement's period it was bought in, from 1. */
  readonly grantedIn: number;
  /** The last period it can be drawn in. */
  readonly lastIn: number;
  readonly leftMinor: bigint;
}

export interface DrawInput {
  readonly components: readonly PriceComponentV2[];
  readonly credits: readonly CreditLot[];
  /** What usage costs, that credit can pay. */
  readonly payableMinor: bigint;
  readonly currency: Currency;
  readonly period: string;
  readonly term: PeriodTerm;
}

export interface Drawn {
  /** One line below zero for each component whose credit was used. */
  readonly charges: readonly ChargeV2[];
  readonly left: readonly CreditLot[];
  readonly expired: readonly CreditLot[];
}

/** Grants the period's credit, then pays usage: what ends first is used first, then what was bought first. */
export function draw({ components, credits, payableMinor, currency, period, term }: DrawInput): Drawn {
  const { periodNo } = term;
  const prepaid = components.filter((component) => component.kind === 'prepaid');
  const order = new Map(prepaid.map(({ id }, index) => [id, index]));
  const lots = [...credits, ...prepaid.flatMap((component) => grantOf(component, currency, term))].sort(
    (a, b) =>
      a.lastIn - b.lastIn ||
      a.grantedIn - b.grantedIn ||
      (order.get(a.componentId) ?? 0) - (order.get(b.componentId) ?? 0),
  );
  let open = payableMinor;
  const drawn = new Map<string, bigint>();
  const after = lots.map((lot) => {
    const taken = lot.lastIn < periodNo ? 0n : smaller(lot.leftMinor, open);
    open -= taken;
    if (taken > 0n) drawn.set(lot.componentId, (drawn.get(lot.componentId) ?? 0n) + taken);
    return { ...lot, leftMinor: lot.leftMinor - taken };
  });
  const unused = after.filter(({ leftMinor }) => leftMinor > 0n);
  const leftOf = (id: string): bigint =>
    unused.reduce((sum, lot) => (lot.componentId === id ? sum + lot.leftMinor : sum), 0n);
  return {
    charges: [...drawn].map(([id, minor]) => drawnLine(id, minor, { left: leftOf(id), currency, period })),
    left: unused.filter(({ lastIn }) => lastIn > periodNo),
    expired: unused.filter(({ lastIn }) => lastIn <= periodNo),
  };
}

function grantOf(
  { id, credit, grant, validPeriods }: PrepaidComponent,
  currency: Currency,
  { periodNo, firstRated }: PeriodTerm,
): CreditLot[] {
  if (grant === 'once' && !firstRated) return [];
  const leftMinor = parseMoney(credit, currency).amountMinor;
  return [{ componentId: id, grantedIn: periodNo, lastIn: periodNo + validPeriods - 1, leftMinor }];
}

function drawnLine(
  id: string,
  minor: bigint,
  { left, currency, period }: { readonly left: bigint; readonly currency: Currency; readonly period: string },
): ChargeV2 {
  const shown = (amount: bigint): string => formatMoney(money(amount, currency));
  return {
    componentId: `${id}:drawdown`,
    kind: 'prepaid_drawdown',
    meter: null,
    quantity: '1',
    unit: 'period',
    amount: shown(-minor),
    amountMinor: -minor,
    explanation: [
      `credit of ${id} pays ${currency} ${shown(minor)} of usage in ${period}; ${currency} ${shown(left)} is left`,
    ],
  };
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
