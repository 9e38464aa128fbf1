import { Decimal, deterministicId, formatMoney, money } from '@hetao/kernel';
import { rateAny, type AnyPricePlan, type AnyRatedUsage, type RatingContext } from '@hetao/rating';
import type { MeterTotal } from '../rating/rating.js';

export type AdjustmentCause = 'void' | 'replace' | 'batch' | 'late' | 'revert';

/** `owed`: less is due than was charged, and a credit note for it is not possible yet, or never: then it is settled outside. */
export const adjustmentStates = ['waiting', 'charged', 'owed', 'credited', 'settled_outside'] as const;
export type AdjustmentState = (typeof adjustmentStates)[number];

/** A closed month that metering now counts otherwise. */
export interface Adjustment {
  readonly adjustmentId: string;
  readonly correctionId: string;
  readonly agreementId: string;
  readonly originalPeriod: string;
  readonly originalPeriodId: string;
  /** The month in which the difference is charged. */
  readonly adjustmentPeriod: string;
  readonly cause: AdjustmentCause;
  readonly reason: string;
  readonly before: readonly MeterTotal[];
  readonly after: readonly MeterTotal[];
  readonly appliedAt: Date;
}

/** What both countings of a month are rated by. */
export interface AdjustmentBasis {
  readonly plan: AnyPricePlan;
  readonly originalPeriod: string;
  readonly before: readonly MeterTotal[];
  readonly after: readonly MeterTotal[];
  /** True when the month was charged as it was closed; a month without usage is charged nothing, fixed amounts neither. */
  readonly inCount: boolean;
  readonly context: RatingContext | null;
}

/** What one component of the plan costs more or less by the corrected count. */
export interface ComponentDifference {
  readonly componentId: string;
  /** Exact, in major units. */
  readonly exactAmount: string;
  /** The rounded line after less the rounded line before, so that both months together are the corrected month. */
  readonly amountMinor: bigint;
  readonly steps: readonly string[];
  readonly ruleVersion: string;
}

/** A difference as a charge of the month it is charged in. */
export interface AdjustmentCharge extends ComponentDifference {
  readonly chargeId: string;
  readonly originalChargeId: string;
  readonly lineComponentId: string;
}

/**
 * Rates a month by both counts and tells them apart, component by component.
 *
 * Credit bought ahead stays as it was drawn: later months have drawn on what was left of it, so what usage costs
 * otherwise is charged or given back in money.
 *
 * @throws DomainException PRICE_PLAN_INVALID, USAGE_TOTALS_INVALID or RATING_TERM_INVALID.
 */
export function differencesOf(basis: AdjustmentBasis): readonly ComponentDifference[] {
  const before = rated(basis, basis.before);
  const after = rated(basis, basis.after);
  const ids = new Set([...after.keys(), ...before.keys()]);
  return [...ids].flatMap((componentId): ComponentDifference[] => {
    const was = before.get(componentId);
    const is = after.get(componentId);
    const amountMinor = (is?.amountMinor ?? 0n) - (was?.amountMinor ?? 0n);
    if (amountMinor === 0n) return [];
    const exact = Decimal.parse(is?.amount ?? '0').minus(Decimal.parse(was?.amount ?? '0'));
    const { currency } = basis.plan;
    const steps = [
      ...(was?.explanation ?? ['not charged before']).map((step) => `before: ${step}`),
      ...(is?.explanation ?? ['not charged after']).map((step) => `after: ${step}`),
      `after less before, each rounded: ${currency} ${formatMoney(money(amountMinor, currency))}`,
    ];
    const ruleVersion = is?.ruleVersion ?? was?.ruleVersion ?? '';
    return [{ componentId, exactAmount: exact.toString(), amountMinor, steps, ruleVersion }];
  });
}

/** Sum of the differences, in minor units of the plan's currency. */
export function netOf(differences: readonly { readonly amountMinor: bigint }[]): bigint {
  return differences.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

/** The charges of an adjustment. Ids follow from what they charge for. */
export function chargesOf(
  adjustment: Pick<Adjustment, 'adjustmentId' | 'agreementId' | 'originalPeriod' | 'correctionId' | 'reason'>,
  differences: readonly ComponentDifference[],
): readonly AdjustmentCharge[] {
  const { adjustmentId, agreementId, originalPeriod, correctionId, reason } = adjustment;
  return differences.map((difference) => ({
    ...difference,
    chargeId: deterministicId('chg', adjustmentId, difference.componentId),
    originalChargeId: deterministicId('chg', agreementId, originalPeriod, difference.componentId),
    lineComponentId: adjustedComponent(difference.componentId, adjustmentId),
    steps: [`${originalPeriod} was corrected by ${correctionId}: ${reason}`, ...difference.steps],
  }));
}

/** How the line of an adjustment is called; the part before the first colon is the plan's component. */
export function adjustedComponent(componentId: string, adjustmentId: string): string {
  return `${componentId}:adjustment:${adjustmentId}`;
}

/** A line of the original invoice, and what is left of it after earlier credit notes. */
export interface CreditableLine {
  readonly lineNo: number;
  readonly componentId: string;
  readonly leftMinor: bigint;
}

/**
 * Lays what is given back on the lines of the original invoice: on those that became less first, then on any other.
 * Undefined when the lines have less left than is to be given back.
 */
export function creditLines(
  lines: readonly CreditableLine[],
  differences: readonly ComponentDifference[],
): readonly { readonly lineNo: number; readonly netMinor: bigint }[] | undefined {
  const less = new Map(differences.map(({ componentId, amountMinor }) => [componentId, -amountMinor]));
  const taken = new Map<number, bigint>();
  let open = -netOf(differences);
  const take = ({ lineNo, leftMinor }: CreditableLine, most: bigint): void => {
    const before = taken.get(lineNo) ?? 0n;
    const amount = [most, open, leftMinor - before].reduce((a, b) => (a < b ? a : b));
    if (amount <= 0n) return;
    taken.set(lineNo, before + amount);
    open -= amount;
  };
  for (const line of lines) take(line, less.get(line.componentId) ?? 0n);
  for (const line of lines) take(line, open);
  if (open > 0n) return undefined;
  return [...taken].map(([lineNo, netMinor]) => ({ lineNo, netMinor }));
}

type Line = AnyRatedUsage['charges'][number] & { readonly ruleVersion: string };

function rated(basis: AdjustmentBasis, totals: readonly MeterTotal[]): ReadonlyMap<string, Line> {
  if (!basis.inCount && totals.length === 0) return new Map();
  const { charges, ratingRuleVersion } = rateAny(basis.plan, { totals, period: basis.originalPeriod }, basis.context);
  return new Map(
    charges
      .filter(({ kind }) => kind !== 'prepaid' && kind !== 'prepaid_drawdown')
      .map((charge) => [charge.componentId, { ...charge, ruleVersion: ratingRuleVersion }]),
  );
}
