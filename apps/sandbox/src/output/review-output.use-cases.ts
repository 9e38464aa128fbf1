import { Inject, Injectable } from '@nestjs/common';
import { OutputRecalledV1, OutputReleasedV1 } from '@hetao/events';
import { err, ok, type Clock, type DomainError, type JsonValue, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import { LicenceRepository } from '../access/licence.repository.js';
import { cannot, decide, outputTransitions, takeVote, valid, type Review, type Vote } from './output.js';
import { outputErrors } from './output.errors.js';
import type { OutputRequest } from './output.repository.js';
import { OutputRows } from './submit-output.use-cases.js';

/** What a reviewer says. */
export interface VoteWish {
  readonly vote: Vote;
  readonly comment: string;
  /** What was looked at: a vote counts for no other content. */
  readonly contentHash: string;
}

/** Two people decide, blinded; their second approval releases in the same transaction, and nothing else does. */
@Injectable()
export class ReviewOutput {
  readonly #uow: UnitOfWork;
  readonly #rows: OutputRows;
  readonly #licences: LicenceRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, rows: OutputRows, licences: LicenceRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#rows = rows;
    this.#licences = licences;
    this.#clock = clock;
  }

  vote(id: string, wish: VoteWish, caller: CallerIdentity): Promise<Result<OutputRequest, DomainError>> {
    return this.#change(id, caller, async (tx, output) => {
      const isCustodian = caller.organisationId === output.custodianId;
      const mayReview =
        (isCustodian || caller.personas.includes('operator')) && caller.organisationId !== output.buyerId;
      if (!mayReview)
        return err(outputErrors.OUTPUT_REVIEWER_NOT_ALLOWED('You are of neither the custodian nor the exchange.'));
      const reviews = await this.#rows.outputs.reviewsOf(tx, id);
      const review: Review = { ...wish, reviewer: caller.subject, isCustodian, votedAt: this.#clock.now() };
      const state = takeVote(output, reviews, review);
      if (!state.ok) return state;
      await this.#rows.outputs.addReview(tx, id, review);
      return ok(await this.#settle(tx, { ...output, state: state.value }, [...reviews, review]));
    });
  }

  /** A steward of the custodian lets a result out although a check failed, and says why. Both approvals are needed still. */
  except(id: string, reason: string, caller: CallerIdentity): Promise<Result<OutputRequest, DomainError>> {
    return this.#change(id, caller, async (tx, output) => {
      if (caller.organisationId !== output.custodianId) {
        return err(outputErrors.OUTPUT_REVIEWER_NOT_ALLOWED('Only the custodian’s steward may make an exception.'));
      }
      const excepted = { ...output, exception: { by: caller.subject, reason } };
      return ok(await this.#settle(tx, excepted, await this.#rows.outputs.reviewsOf(tx, id)));
    });
  }

  withdraw(id: string, caller: CallerIdentity): Promise<Result<OutputRequest, DomainError>> {
    return this.#change(id, caller, async (tx, output) => {
      if (caller.organisationId !== output.buyerId) return err(unknown(id));
      if (!outputTransitions.canTransition(output.state, 'withdraw')) return err(cannot(output.state, 'withdraw'));
      await this.#rows.ledger.refund(tx, id, this.#clock.now());
      return ok({ ...output, state: 'withdrawn' });
    });
  }

  /** Calls a released result back: nobody fetches it any more, and that is logged. */
  recall(id: string, reason: string, caller: CallerIdentity): Promise<Result<OutputRequest, DomainError>> {
    return this.#change(id, caller, (tx, output) => {
      const mayRecall = caller.organisationId === output.custodianId || caller.personas.includes('operator');
      if (!mayRecall)
        return Promise.resolve(err(outputErrors.OUTPUT_REVIEWER_NOT_ALLOWED('Custodian and operators recall.')));
      if (!outputTransitions.canTransition(output.state, 'recall'))
        return Promise.resolve(err(cannot(output.state, 'recall')));
      const recalledAt = this.#clock.now().toISOString();
      tx.append(OutputRecalledV1, { outputId: id, agreementId: output.agreementId, reason, recalledAt });
      return Promise.resolve(ok({ ...output, state: 'recalled' }));
    });
  }

  #change(
    id: string,
    caller: CallerIdentity,
    change: (tx: Tx, output: OutputRequest) => Promise<Result<OutputRequest, DomainError>>,
  ): Promise<Result<OutputRequest, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const output = await this.#rows.outputs.load(tx, id);
      const isParty = caller.organisationId === output?.buyerId || caller.organisationId === output?.custodianId;
      if (!output || (!isParty && !caller.personas.includes('operator'))) return err(unknown(id));
      const changed = await change(tx, output);
      if (!changed.ok) return changed;
      const saved = { ...changed.value, changedAt: this.#clock.now() };
      await this.#rows.outputs.save(tx, saved);
      return ok(saved);
    });
  }

  async #settle(tx: Tx, output: OutputRequest, reviews: readonly Review[]): Promise<OutputRequest> {
    const decision = output.state === 'reviewed' ? decide(output, reviews) : 'wait';
    if (decision === 'wait') return output;
    if (decision === 'approve') return this.#release(tx, output, reviews);
    await this.#rows.ledger.refund(tx, output.id, this.#clock.now());
    return { ...output, state: decision === 'reject' ? 'rejected' : 'returned' };
  }

  async #release(tx: Tx, output: OutputRequest, reviews: readonly Review[]): Promise<OutputRequest> {
    const at = this.#clock.now();
    const record = recordOf(output, valid(output, reviews), at);
    const { id: outputId, enclaveId, agreementId, buyerId, custodianId, contentHash } = output;
    const meters = await this.#licences.metersOf(tx, agreementId);
    await this.#rows.ledger.settle(tx, { useId: outputId, agreementId, enclaveId, meters, at }, { output_files: 1 });
    tx.append(OutputReleasedV1, {
      ...{ outputId, enclaveId, agreementId, buyerId, custodianId, contentHash },
      ...{ recordHash: documentHash(record), releasedAt: at.toISOString() },
    });
    return { ...output, state: 'released', releaseRecord: record };
  }
}

/** The criteria a release was made by, for machines (SATRE 3.3.09). */
function recordOf(output: OutputRequest, reviews: readonly Review[], at: Date): Readonly<Record<string, JsonValue>> {
  return {
    format: 'hetao-release-record-v1',
    output_id: output.id,
    job_id: output.jobId,
    content_hash: output.contentHash,
    criteria: 'sandbox disclosure rules: 10 patients, n-k 2/90 %, p 10 %, rounding 5, 4 digits, ledger 10',
    checks: output.checks.map((check) => ({ ...check })),
    exception: output.exception && { ...output.exception },
    reviews: reviews.map(({ reviewer, isCustodian, vote, comment, votedAt }) => ({
      ...{ reviewer, is_custodian: isCustodian, vote, comment, voted_at: votedAt.toISOString() },
    })),
    released_at: at.toISOString(),
  };
}

function unknown(id: string): DomainError {
  return outputErrors.OUTPUT_UNKNOWN(`There is no output request ${id} open to you.`);
}
