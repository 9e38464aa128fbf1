import type { PriceComponentV2 } from './price-plan-v2.js';

/** Where a period lies in its agreement. */
export interface PeriodTerm {
  /** 1 for the period in which the agreement begins. */
  readonly periodNo: number;
  /** Days of the period on which the agreement is in force, in the agreement's zone. */
  readonly activeDays: number;
  readonly periodDays: number;
  /** True when nothing of the agreement was rated before: credit that is bought once is bought now. */
  readonly firstRated: boolean;
}

/** What a line is for: a part of the plan, or what takes back. */
export type ChargeKindV2 = PriceComponentV2['kind'] | 'trial_allowance' | 'prepaid_drawdown';

/** One line of an invoice; a trial's allowance and credit drawn are below zero. */
export interface ChargeV2 {
  /** Of the plan; `<id>:drawdown` and `trial` for what takes back. */
  readonly componentId: string;
  readonly kind: ChargeKindV2;
  readonly meter: string | null;
  readonly quantity: string;
  readonly unit: string;
  /** Major units before rounding; a quotient without end is shown to 12 places. */
  readonly amount: string;
  /** Rounded half up once, from the exact amount. */
  readonly amountMinor: bigint;
  readonly explanation: readonly string[];
}
