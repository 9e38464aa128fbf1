import { Injectable } from '@nestjs/common';
import type { Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import type { CallerIdentity, DeadLetterDetailDto } from '@hetao/runtime';
import type { Actor, AuditAction } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import { DeadLetterQueries } from './dead-letter.queries.js';
import { ServiceDesks, type DeadLetterAct, type DeskError } from './service-desks.client.js';

/** Has the service do what an operator decided, and notes who did. */
@Injectable()
export class DecideDeadLetter {
  readonly #queries: DeadLetterQueries;
  readonly #desks: ServiceDesks;
  readonly #uow: UnitOfWork;
  readonly #audit: AuditTrail;

  constructor(queries: DeadLetterQueries, desks: ServiceDesks, uow: UnitOfWork, audit: AuditTrail) {
    this.#queries = queries;
    this.#desks = desks;
    this.#uow = uow;
    this.#audit = audit;
  }

  /**
   * The act comes first, since the service can bear it twice: should its note fail, the operator hears so and repeats both.
   * The service keeps who asked and why as well.
   */
  async execute(
    decision: { readonly id: string; readonly act: DeadLetterAct; readonly reason: string },
    caller: CallerIdentity,
    actor: Actor,
  ): Promise<Result<DeadLetterDetailDto, DeskError>> {
    const found = await this.#queries.find(decision.id, caller);
    if (!found.ok) return found;
    const { desk } = found.value;
    const decided = await this.#desks.ask(desk, decision, caller);
    if (!decided.ok) return decided;
    const { event, state } = decided.value;
    const action: AuditAction =
      decision.act === 'replay'
        ? 'dead_letter.replay_asked'
        : state === 'discarded'
          ? 'dead_letter.discarded'
          : 'dead_letter.discard_proposed';
    const detail = { service: desk, event_id: event.id, event_type: event.type, reason: decision.reason };
    const about = { object: decision.id, organisationId: actor.organisationId, result: 'done', detail } as const;
    await this.#uow.run((tx) => this.#audit.note(tx, { actor, action, ...about }));
    return decided;
  }
}
