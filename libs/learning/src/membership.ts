import { aucOf } from './metrics.js';

/** How well membership in the training data can be told from a model's losses. 0.5 is guessing. */
export interface MembershipTest {
  readonly auc: number;
  /** Share of members found while one in a hundred others is wrongly taken for one (Carlini 2022). */
  readonly truePositiveRateAt1Percent: number;
  readonly members: number;
  readonly others: number;
}

/** What an exported model may at most show; above it, a model trained without privacy is served, not given. */
export const MEMBERSHIP_LIMITS = { auc: 0.55, truePositiveRateAt1Percent: 0.03 } as const;
const FALSE_POSITIVE_RATE = 0.01;

/**
 * The loss-threshold attack (Yeom 2018): members of the training data tend to have smaller losses.
 * @param members losses of patients that were trained on; @param others of patients that were not.
 */
export function membershipTest(members: ArrayLike<number>, others: ArrayLike<number>): MembershipTest {
  const losses = [...Array.from(members), ...Array.from(others)];
  const labels = losses.map((_, index) => (index < members.length ? 1 : 0));
  const ranked = Array.from(others).sort((a, b) => a - b);
  const allowed = Math.floor(FALSE_POSITIVE_RATE * ranked.length);
  const threshold = ranked[allowed] ?? -Infinity;
  const found = Array.from(members).filter((loss) => loss < threshold).length;
  return {
    auc: aucOf({ probabilities: losses.map((loss) => -loss), labels }),
    truePositiveRateAt1Percent: members.length === 0 ? 0 : found / members.length,
    members: members.length,
    others: others.length,
  };
}

/** Whether a model gives so little away that it may be exported without a proof of differential privacy. */
export function withinMembershipLimits(test: MembershipTest): boolean {
  const { auc, truePositiveRateAt1Percent } = MEMBERSHIP_LIMITS;
  return test.auc <= auc && test.truePositiveRateAt1Percent <= truePositiveRateAt1Percent;
}
