import { Injectable } from '@nestjs/common';
import { err, ok, seesEveryTenant, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import type { CallerIdentity } from '@hetao/runtime';
import { ComputeAccess } from '../access/compute.access.js';
import { visibleReviews, type Review } from './output.js';
import { outputErrors } from './output.errors.js';
import { OutputRepository, type OutputRequest } from './output.repository.js';

/** A request with the reviews that this reader may see. */
export interface OutputView {
  readonly output: OutputRequest;
  readonly reviews: readonly Review[];
  /** For reviewers: what they decide on. */
  readonly content: string | null;
}

/** Output requests as their author, their reviewers and the exchange see them. */
@Injectable()
export class OutputQueries {
  readonly #uow: UnitOfWork;
  readonly #outputs: OutputRepository;
  readonly #access: ComputeAccess;

  constructor(uow: UnitOfWork, outputs: OutputRepository, access: ComputeAccess) {
    this.#uow = uow;
    this.#outputs = outputs;
    this.#access = access;
  }

  get(id: string, caller: CallerIdentity): Promise<Result<OutputView, DomainError>> {
    return this.#uow.run(async (tx) => {
      const output = await this.#find(tx, id, caller);
      if (!output.ok) return output;
      const reviews = visibleReviews(output.value, await this.#outputs.reviewsOf(tx, id), caller.subject);
      const isReviewer = caller.organisationId !== output.value.buyerId;
      const content = isReviewer ? (await this.#outputs.content(tx, id)).toString('utf8') : null;
      return ok({ output: output.value, reviews, content });
    });
  }

  list(caller: CallerIdentity, afterId: string, limit: number): Promise<OutputRequest[]> {
    const organisationId = seesEveryTenant(caller) ? null : caller.organisationId;
    return this.#uow.run((tx) => this.#outputs.list(tx, organisationId, afterId, limit));
  }

  /** The released file, for the buyer alone, while the grounds on which it may be seen hold. */
  file(id: string, caller: CallerIdentity): Promise<Result<{ output: OutputRequest; content: Buffer }, DomainError>> {
    return this.#uow.run(async (tx) => {
      const output = await this.#outputs.find(tx, id);
      if (output?.buyerId !== caller.organisationId)
        return err(outputErrors.OUTPUT_UNKNOWN(`There is no output ${id} of yours.`));
      if (output.state !== 'released') return err(outputErrors.OUTPUT_NOT_RELEASED(`It is ${output.state}.`));
      const opened = await this.#access.open(tx, output.enclaveId, caller);
      return opened.ok ? ok({ output, content: await this.#outputs.content(tx, id) }) : opened;
    });
  }

  async #find(tx: Tx, id: string, caller: CallerIdentity): Promise<Result<OutputRequest, DomainError>> {
    const output = await this.#outputs.find(tx, id);
    const isParty = caller.organisationId === output?.buyerId || caller.organisationId === output?.custodianId;
    if (output && (isParty || seesEveryTenant(caller))) return ok(output);
    return err(outputErrors.OUTPUT_UNKNOWN(`There is no output request ${id} open to you.`));
  }
}
