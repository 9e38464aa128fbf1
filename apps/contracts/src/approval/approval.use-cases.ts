import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { CLOCK } from '@hetao/runtime';
import { approvalNeeded, isLooser, type ApprovalLimits } from './approval-limits.js';
import { approvalErrors, type ApprovalError } from './approval.errors.js';
import { ApprovalRepository } from './approval.repository.js';
import { askApproval, decideApproval, type Approval, type Decision } from './approval.js';
import { dealHash, publicDeal, type Deal } from './deal.js';

/** Who asks or decides; only a person decides. */
export interface ApprovalActor {
  readonly subject: string;
  readonly organisationId: string;
  readonly via: string;
}

/** The limits as they are, and what waits for a colleague. */
export interface LimitsOutcome {
  readonly limits: ApprovalLimits | null;
  readonly pending: Approval | null;
}

/** Asks the caller's colleagues to approve a deal above his limits; the same again is the same question. */
@Injectable()
export class AskApproval {
  readonly #uow: UnitOfWork;
  readonly #approvals: ApprovalRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, approvals: ApprovalRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#approvals = approvals;
    this.#clock = clock;
  }

  execute(deal: Deal, note: string | null, by: ApprovalActor): Promise<Result<Approval, ApprovalError>> {
    return this.#uow.runResult<Approval, ApprovalError>(async (tx) => {
      const { organisationId } = by;
      if (deal.organisationId !== organisationId) {
        return err(approvalErrors.APPROVAL_FOREIGN(`The deal is of organisation ${deal.organisationId}.`));
      }
      const reasons = approvalNeeded(await this.#approvals.limits(tx, organisationId), deal);
      if (reasons.length === 0) {
        return err(approvalErrors.APPROVAL_NOT_NEEDED('The deal is within the limits of your organisation.'));
      }
      const matter = { organisationId, kind: 'deal', matterHash: dealHash(deal), matter: publicDeal(deal) } as const;
      const asked = askApproval({ id: newId('apv'), ...matter, reasons, note }, by.subject, this.#clock.now());
      return ok(await this.#approvals.insert(tx, asked));
    });
  }
}

/** Decides what a colleague asked; limits that were approved hold at once. */
@Injectable()
export class DecideApproval {
  readonly #uow: UnitOfWork;
  readonly #approvals: ApprovalRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, approvals: ApprovalRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#approvals = approvals;
    this.#clock = clock;
  }

  execute(
    id: string,
    order: Pick<Decision, 'command' | 'reason'>,
    by: ApprovalActor,
  ): Promise<Result<Approval, ApprovalError>> {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#approvals.load(tx, id);
      if (before?.organisationId !== by.organisationId) {
        return err(approvalErrors.APPROVAL_UNKNOWN(`Your organisation has no approval ${id}.`));
      }
      const person = requirePerson(by);
      if (!person.ok) return person;
      const at = this.#clock.now();
      const decided = decideApproval(before, { ...order, by: by.subject, at });
      if (!decided.ok) return decided;
      const { approval, changed } = decided.value;
      if (!changed) return ok(approval);
      await this.#approvals.update(tx, approval);
      if (approval.kind === 'limits' && approval.status === 'approved') await this.#apply(tx, approval, at);
      return ok(approval);
    });
  }

  async #apply(tx: Tx, approval: Approval, at: Date): Promise<void> {
    // Written by ChangeLimits, and only there.
    const limits = approval.matter as unknown as ApprovalLimits;
    await this.#approvals.setLimits(tx, {
      organisationId: approval.organisationId,
      limits,
      setBy: approval.requestedBy,
      setAt: at,
    });
  }
}

/** Sets the limits of the caller's organisation: stricter ones at once, looser ones once a colleague approved. */
@Injectable()
export class ChangeLimits {
  readonly #uow: UnitOfWork;
  readonly #approvals: ApprovalRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, approvals: ApprovalRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#approvals = approvals;
    this.#clock = clock;
  }

  execute(limits: ApprovalLimits, by: ApprovalActor): Promise<Result<LimitsOutcome, ApprovalError>> {
    return this.#uow.runResult<LimitsOutcome, ApprovalError>(async (tx) => {
      const person = requirePerson(by);
      if (!person.ok) return person;
      const { organisationId, subject } = by;
      const before = await this.#approvals.limits(tx, organisationId);
      const at = this.#clock.now();
      if (!isLooser(before, limits)) {
        await this.#approvals.setLimits(tx, { organisationId, limits, setBy: subject, setAt: at });
        return ok({ limits, pending: null });
      }
      const matter = { ...limits };
      const question = { organisationId, kind: 'limits', matterHash: documentHash(limits), matter } as const;
      const asked = askApproval({ id: newId('apv'), ...question, reasons: [], note: null }, subject, at);
      return ok({ limits: before, pending: await this.#approvals.insert(tx, asked) });
    });
  }
}

function requirePerson({ via, subject }: ApprovalActor): Result<null, ApprovalError> {
  if (via === 'session') return ok(null);
  return err(approvalErrors.APPROVAL_NEEDS_PERSON(`${subject} came in by ${via}, not as a person.`));
}
