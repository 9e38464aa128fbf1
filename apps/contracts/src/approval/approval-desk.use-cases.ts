import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { approvalNeeded } from './approval-limits.js';
import { approvalErrors, type ApprovalError } from './approval.errors.js';
import { ApprovalRepository } from './approval.repository.js';
import { dealHash, publicDeal, type Deal } from './deal.js';

/** Stands before every act that binds an organisation. */
@Injectable()
export class ApprovalDesk {
  readonly #approvals: ApprovalRepository;
  readonly #clock: Clock;

  constructor(approvals: ApprovalRepository, @Inject(CLOCK) clock: Clock) {
    this.#approvals = approvals;
    this.#clock = clock;
  }

  /**
   * Lets a deal pass that the organisation's limits leave to one person, or that a colleague approved as it is.
   *
   * @returns APPROVAL_NEEDED with the deal and why; nothing is written.
   */
  async require(tx: Tx, deal: Deal): Promise<Result<null, ApprovalError>> {
    const reasons = approvalNeeded(await this.#approvals.limits(tx, deal.organisationId), deal);
    if (reasons.length === 0) return ok(null);
    const approved = await this.#approvals.isApproved(tx, deal.organisationId, dealHash(deal), this.#clock.now());
    if (approved) return ok(null);
    return err(
      approvalErrors.APPROVAL_NEEDED(`Organisation ${deal.organisationId} asks for four eyes: ${reasons.join(', ')}.`, {
        meta: { reasons, deal: publicDeal(deal) },
      }),
    );
  }
}
