import { ok, type Result } from '@hetao/kernel';
import {
  agreementTransitions,
  move,
  refuse,
  unchanged,
  type Agreement,
  type AgreementOutcome,
  type Holder,
  type Signer,
} from './agreement.js';
import type { AgreementError } from './agreement.errors.js';

/** Who holds, or lifts, and why; `by` is null where the exchange follows what it was told. */
export interface HoldOrder {
  readonly holder: Holder;
  readonly reason: string;
  readonly by: Signer | null;
  readonly at: Date;
}

/** Holds an agreement that binds: it gives no access while anybody holds it. The same holder again changes nothing. */
export function suspendAgreement(agreement: Agreement, order: HoldOrder): Result<AgreementOutcome, AgreementError> {
  if (!agreementTransitions.canTransition(agreement.status, 'suspend')) return refuse(agreement, 'suspend');
  const { holder, reason, by, at } = order;
  if (isHeldBy(agreement, holder)) return ok(unchanged(agreement));
  const holds = [...agreement.holds, { holder, reason, since: at.toISOString() }];
  return ok(move({ ...agreement, holds }, { command: 'suspend', to: 'suspended', at, by, reason }));
}

/** Lifts what this holder holds; the agreement goes on where it rested once nobody holds it. */
export function resumeAgreement(agreement: Agreement, order: HoldOrder): Result<AgreementOutcome, AgreementError> {
  const { holder, reason, by, at } = order;
  if (agreement.status !== 'suspended' && !isOver(agreement)) return ok(unchanged(agreement));
  if (!agreementTransitions.canTransition(agreement.status, 'resume')) return refuse(agreement, 'resume');
  if (!isHeldBy(agreement, holder)) return ok(unchanged(agreement));
  const holds = agreement.holds.filter((hold) => hold.holder !== holder);
  const rested = agreement.inForceSince === null ? 'concluded' : 'in_force';
  const to = holds.length > 0 ? 'suspended' : rested;
  return ok(move({ ...agreement, holds }, { command: 'resume', to, at, by, reason }));
}

function isHeldBy({ holds }: Agreement, holder: Holder): boolean {
  return holds.some((hold) => hold.holder === holder);
}

function isOver({ status }: Agreement): boolean {
  return agreementTransitions.isFinal(status) || status === 'awaiting_signatures';
}
