import { Decimal, unwrap } from '@hetao/kernel';
import type { Agreement } from '../agreement/agreement.js';
import { periodBounds } from '../period/period.js';
import type { UsagePeriod } from './rating.js';

/**
 * The agreement as it is charged: one that had to wait for a release from when it gave access, days, trial and first
 * period counted from there.
 *
 * @param release null for an agreement that needs none; without a time it still waits.
 * @returns null while it is not in force.
 */
export function chargeable(
  agreement: Agreement,
  release: { readonly grantedAt: Date | null } | null,
): Agreement | null {
  if (release === null) return agreement;
  const { grantedAt } = release;
  if (grantedAt === null) return null;
  return grantedAt > agreement.effectiveFrom ? { ...agreement, effectiveFrom: grantedAt } : agreement;
}

/** Whether a month without any use ended before the agreement came into force: nothing is due for it, fixed amounts neither. */
export function isBeforeForce(usage: UsagePeriod, { effectiveFrom }: Agreement, timeZone: string): boolean {
  if (usage.totals.some(({ quantity }) => !Decimal.parse(quantity).isZero())) return false;
  return unwrap(periodBounds(usage.period, timeZone)).endsAtMs <= effectiveFrom.getTime();
}
