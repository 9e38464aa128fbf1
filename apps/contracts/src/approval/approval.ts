import { defineTransitions, err, later, ok, type Result } from '@hetao/kernel';
import type { ApprovalReason } from './approval-limits.js';
import { approvalErrors, type ApprovalError } from './approval.errors.js';

export type ApprovalStatus = 'pending' | 'approved' | 'rejected' | 'withdrawn';
export type ApprovalCommand = 'approve' | 'reject' | 'withdraw';

/** The life of an approval: one person asks, another decides, once. */
export const approvalTransitions = defineTransitions<ApprovalStatus, ApprovalCommand>({
  pending: { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn' },
  approved: {},
  rejected: {},
  withdrawn: {},
}).assertReachable('pending');

/** What a person asked his colleagues to agree to: a deal above his limits, or looser limits. Times are instants (UTC). */
export interface Approval {
  readonly id: string;
  readonly organisationId: string;
  readonly kind: 'deal' | 'limits';
  /** SHA-256 of the matter: it is approved as it is, or not at all. */
  readonly matterHash: string;
  /** The deal or the limits in their public form. */
  readonly matter: Readonly<Record<string, unknown>>;
  readonly reasons: readonly ApprovalReason[];
  readonly note: string | null;
  readonly status: ApprovalStatus;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  /** Can be decided, and once approved be used, until just before. */
  readonly expiresAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
}

/** Who decides, how, and why. */
export interface Decision {
  readonly command: ApprovalCommand;
  readonly by: string;
  readonly reason: string | null;
  readonly at: Date;
}

/** The outcome of a command; `changed` is false when it had already happened. */
export interface ApprovalOutcome {
  readonly approval: Approval;
  readonly changed: boolean;
}

/** Long enough for a holiday, short enough that nobody binds his house by a forgotten yes. */
const VALID_MS = 30 * 86_400_000;

/** Asks colleagues. */
export function askApproval(
  input: Pick<Approval, 'id' | 'organisationId' | 'kind' | 'matterHash' | 'matter' | 'reasons' | 'note'>,
  by: string,
  at: Date,
): Approval {
  return {
    ...input,
    status: 'pending',
    requestedBy: by,
    requestedAt: at,
    expiresAt: later(at, VALID_MS),
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
  };
}

const goals = { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn' } as const;

/** Decides, by another person than the one who asked; he alone can take it back. The same again changes nothing. */
export function decideApproval(approval: Approval, decision: Decision): Result<ApprovalOutcome, ApprovalError> {
  const { command, by, reason, at } = decision;
  const own = approval.requestedBy === by;
  if (own && command !== 'withdraw') return err(approvalErrors.APPROVAL_OWN(`You asked for ${approval.id} yourself.`));
  if (!own && command === 'withdraw') {
    return err(approvalErrors.APPROVAL_OF_ANOTHER(`${approval.id} was asked for by somebody else.`));
  }
  if (approval.status === goals[command]) return ok({ approval, changed: false });
  if (!approvalTransitions.canTransition(approval.status, command)) {
    const detail = `${approval.id} is ${approval.status} already.`;
    return err(approvalErrors.APPROVAL_DECIDED(detail, { meta: { status: approval.status } }));
  }
  if (at.getTime() >= approval.expiresAt.getTime()) {
    const detail = `${approval.id} could be decided until ${approval.expiresAt.toISOString()}.`;
    return err(approvalErrors.APPROVAL_EXPIRED(detail));
  }
  const expiresAt = command === 'approve' ? later(at, VALID_MS) : approval.expiresAt;
  const decided = { status: goals[command], decidedBy: by, decidedAt: at, decisionReason: reason, expiresAt };
  return ok({ approval: { ...approval, ...decided }, changed: true });
}
