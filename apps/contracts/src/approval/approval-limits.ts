import type { Currency } from '@hetao/kernel';
import type { Deal } from './deal.js';

/** Up to where one person may bind his organisation alone. */
export interface ApprovalLimits {
  /** Minor units by currency; a currency without one always needs a colleague. Null sets no limit on value. */
  readonly maxValueMinor: Readonly<Partial<Record<Currency, string>>> | null;
  /** Deals whose value has no upper bound need a colleague. */
  readonly openEnded: boolean;
  /** Deals that cross a border do. */
  readonly crossBorder: boolean;
  /** Deals that let data be passed on do. */
  readonly onwardUse: boolean;
  /** Longer deals do; null for any length. */
  readonly maxTermDays: number | null;
  /** All do: four eyes on everything. */
  readonly everyDeal: boolean;
}

export const approvalReasons = [
  'every_deal',
  'value_above_limit',
  'currency_without_limit',
  'value_open_ended',
  'crosses_border',
  'onward_use',
  'term_too_long',
] as const;
export type ApprovalReason = (typeof approvalReasons)[number];

/** Why a person may not make this deal alone; empty when he may. An organisation that set no limits leaves it to him. */
export function approvalNeeded(limits: ApprovalLimits | null, deal: Deal): readonly ApprovalReason[] {
  if (limits === null) return [];
  const reasons: readonly (readonly [ApprovalReason, boolean])[] = [
    ['every_deal', limits.everyDeal],
    ...valueReasons(limits, deal),
    ['crosses_border', limits.crossBorder && deal.crossesBorder],
    ['onward_use', limits.onwardUse && deal.onwardUse],
    ['term_too_long', limits.maxTermDays !== null && deal.termDays > limits.maxTermDays],
  ];
  return reasons.filter(([, applies]) => applies).map(([reason]) => reason);
}

/** Whether the new limits let a single person do anything the old ones did not: such a change needs a colleague itself. */
export function isLooser(before: ApprovalLimits | null, after: ApprovalLimits): boolean {
  if (before === null) return false;
  const eased = (was: boolean, is: boolean): boolean => was && !is;
  return (
    eased(before.everyDeal, after.everyDeal) ||
    eased(before.openEnded, after.openEnded) ||
    eased(before.crossBorder, after.crossBorder) ||
    eased(before.onwardUse, after.onwardUse) ||
    (before.maxTermDays !== null && (after.maxTermDays === null || after.maxTermDays > before.maxTermDays)) ||
    valueEased(before.maxValueMinor, after.maxValueMinor)
  );
}

function valueReasons({ maxValueMinor, openEnded }: ApprovalLimits, deal: Deal) {
  const { atMostMinor, currency } = deal;
  const limit = maxValueMinor?.[currency];
  const limited = maxValueMinor !== null;
  return [
    ['currency_without_limit', limited && limit === undefined],
    ['value_above_limit', limit !== undefined && atMostMinor !== null && atMostMinor > BigInt(limit)],
    // A limit on value would mean nothing if a deal without any bound were below it.
    ['value_open_ended', atMostMinor === null && (openEnded || limited)],
  ] as const;
}

function valueEased(before: ApprovalLimits['maxValueMinor'], after: ApprovalLimits['maxValueMinor']): boolean {
  if (before === null) return false;
  if (after === null) return true;
  return Object.entries(after).some(([currency, limit]) => {
    const was = before[currency as Currency];
    return was === undefined || BigInt(limit) > BigInt(was);
  });
}
