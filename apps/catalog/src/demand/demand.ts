import { defineTransitions, err, ok, type Jurisdiction, type Language, type Money, type Result } from '@hetao/kernel';
import type { ProductKind } from '../product/product.js';
import { demandErrors, type DemandError } from './demand.errors.js';

export type DemandStatus = 'open' | 'met' | 'withdrawn' | 'expired' | 'removed';
export type DemandCommand = 'answer' | 'choose' | 'withdraw' | 'expire' | 'remove';

/** The life of a need: open until it is met, withdrawn by its buyer, past its day, or removed by the operator. */
export const demandTransitions = defineTransitions<DemandStatus, DemandCommand>({
  open: { answer: 'open', choose: 'met', withdraw: 'withdrawn', expire: 'expired', remove: 'removed' },
  met: {},
  withdrawn: {},
  expired: {},
  removed: {},
}).assertReachable('open');

/** What a buyer needs, in his words. Times are instants (UTC). */
export interface Demand {
  readonly id: string;
  readonly buyerId: string;
  readonly title: string;
  readonly need: string;
  /** Language of the words. */
  readonly language: Language;
  readonly kinds: readonly ProductKind[];
  readonly purpose: string;
  readonly placeOfUse: Jurisdiction;
  readonly budget: Money | null;
  readonly status: DemandStatus;
  readonly postedAt: Date;
  readonly openUntil: Date;
  readonly closedAt: Date | null;
  readonly closeReason: string | null;
  readonly chosenAnswer: string | null;
  readonly revision: number;
}

/** A merchant's answer: a product of his, an offer of it, or that he can make one. */
export interface DemandAnswer {
  readonly id: string;
  readonly demandId: string;
  readonly merchantId: string;
  readonly productId: string | null;
  readonly offerId: string | null;
  readonly message: string;
  readonly answeredAt: Date;
}

/** The longest a need stands on the board. */
export const MAX_OPEN_DAYS = 180;
const DAY_MS = 86_400_000;

/** Puts a need on the board. */
export function postDemand(
  need: Omit<Demand, 'status' | 'closedAt' | 'closeReason' | 'chosenAnswer' | 'revision'>,
): Result<Demand, DemandError> {
  const openMs = need.openUntil.getTime() - need.postedAt.getTime();
  if (openMs <= 0 || openMs > MAX_OPEN_DAYS * DAY_MS) {
    const detail = `It would stay open until ${need.openUntil.toISOString()}.`;
    return err(demandErrors.DEMAND_TERM_INVALID(detail, { pointer: '/open_until' }));
  }
  return ok({ ...need, status: 'open', closedAt: null, closeReason: null, chosenAnswer: null, revision: 1 });
}

/** Closes a need: met by an answer, withdrawn, past its day, or removed with a reason. */
export function closeDemand(
  demand: Demand,
  close: {
    readonly command: Exclude<DemandCommand, 'answer'>;
    readonly at: Date;
    readonly reason: string | null;
    readonly answerId: string | null;
  },
): Result<Demand, DemandError> {
  const [status] = demandTransitions.targets(demand.status, close.command);
  if (status === undefined) return refuseStep(demand, close.command);
  if (close.command === 'expire' && close.at < demand.openUntil) return refuseStep(demand, close.command);
  const { at: closedAt, reason: closeReason, answerId: chosenAnswer } = close;
  return ok({ ...demand, status, closedAt, closeReason, chosenAnswer, revision: demand.revision + 1 });
}

/** Whether the board takes an answer to it now: it is open, and its day has not come. */
export function checkAnswerable(demand: Demand, at: Date): Result<null, DemandError> {
  if (demandTransitions.canTransition(demand.status, 'answer') && at < demand.openUntil) return ok(null);
  return refuseStep(demand, 'answer');
}

function refuseStep({ id, status, openUntil }: Demand, command: DemandCommand): Result<never, DemandError> {
  const detail = `Demand ${id} is ${status} (open until ${openUntil.toISOString()}); "${command}" is not possible.`;
  return err(demandErrors.DEMAND_TRANSITION_REFUSED(detail, { meta: { status } }));
}
