import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import { seesEveryTenant, type Reader } from '../shared/reader.js';

import { consultationErrors } from './consultation.errors.js';
import { ConsultationRepository, type Thread } from './consultation.repository.js';
import { addMessage, type Message } from './consultation.js';

type Answer = Result<{ readonly id: string }, DomainError>;
/** Who writes; with the name others know him by, where there is one. */
export interface Writer extends Reader {
  readonly displayName?: string;
}

/** Opens threads, adds to them, closes them. */
@Injectable()
export class Consult {
  readonly #uow: UnitOfWork;
  readonly #threads: ConsultationRepository;
  readonly #ruleSets: RuleSetQueries;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, threads: ConsultationRepository, ruleSets: RuleSetQueries, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#threads = threads;
    this.#ruleSets = ruleSets;
    this.#clock = clock;
  }

  open(
    question: { readonly subject: string; readonly declarationId: string | null; readonly message: Message },
    by: Writer,
  ): Promise<Answer> {
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const [id, at] = [newId('con'), this.#clock.now()];
      await this.#threads.open(tx, { id, organisationId: by.organisationId, ...question }, at);
      await this.#threads.write(tx, id, 1, { ...question.message, ...authorOf(by), officer: false, at });
      return ok({ id });
    });
  }

  async write(id: string, message: Message, by: Writer): Promise<Answer> {
    const knownCitations = await this.#citations();
    return this.#inThread(id, by, async (tx, thread) => {
      const officer = thread.organisationId !== by.organisationId;
      const status = addMessage(thread, message, { officer, knownCitations });
      if (!status.ok) return status;
      const at = this.#clock.now();
      await this.#threads.write(tx, id, thread.messages + 1, { ...message, ...authorOf(by), officer, at });
      await this.#threads.setStatus(tx, id, status.value, at);
      return ok({ id });
    });
  }

  close(id: string, by: Reader): Promise<Answer> {
    return this.#inThread(id, by, async (tx) => {
      await this.#threads.setStatus(tx, id, 'closed', this.#clock.now());
      return ok({ id });
    });
  }

  #inThread(id: string, by: Reader, work: (tx: Tx, thread: Thread) => Promise<Answer>): Promise<Answer> {
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const thread = await this.#threads.load(tx, id);
      if (thread !== null && (thread.organisationId === by.organisationId || seesEveryTenant(by)))
        return work(tx, thread);
      return err(consultationErrors.CONSULTATION_UNKNOWN(`There is no consultation ${id} that you may see.`));
    });
  }

  async #citations(): Promise<ReadonlySet<string>> {
    return new Set((await this.#ruleSets.active()).ruleSet.citations.map(({ id }) => id));
  }
}

function authorOf({ subject, displayName }: Writer): { readonly author: string; readonly authorName: string | null } {
  return { author: subject, authorName: displayName ?? null };
}
