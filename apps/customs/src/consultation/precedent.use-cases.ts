import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import type { Reader } from '../shared/reader.js';
import { consultationErrors } from './consultation.errors.js';
import { checkCitations } from './consultation.js';
import { checkAnonymous, draftPrecedent, type PrecedentDraft, type PrecedentText } from './precedent.js';
import { PrecedentRepository } from './precedent.repository.js';

type Drafted = Result<PrecedentDraft & { readonly id: string }, DomainError>;

/** Makes precedents out of answers: names taken out by itself, then read, mended and approved by an officer. */
@Injectable()
export class MakePrecedent {
  readonly #uow: UnitOfWork;
  readonly #precedents: PrecedentRepository;
  readonly #ruleSets: RuleSetQueries;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, precedents: PrecedentRepository, ruleSets: RuleSetQueries, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#precedents = precedents;
    this.#ruleSets = ruleSets;
    this.#clock = clock;
  }

  async draft(consultationId: string, by: Reader): Promise<Drafted> {
    const { ruleSet } = await this.#ruleSets.active();
    return this.#uow.runResult(async (tx): Promise<Drafted> => {
      const thread = await this.#precedents.thread(tx, consultationId);
      if (thread === null) {
        return err(consultationErrors.CONSULTATION_UNKNOWN(`There is no consultation ${consultationId}.`));
      }
      const draft = draftPrecedent(thread, await this.#precedents.names(tx));
      if (!draft.ok) return draft;
      const kept = { ...draft.value, id: newId('pre'), consultationId };
      const id = await this.#precedents.keepDraft(tx, kept, ruleSet.version, by.subject);
      if (id !== null) return ok({ ...draft.value, id });
      return err(consultationErrors.PRECEDENT_PUBLISHED(`Consultation ${consultationId} has a published precedent.`));
    });
  }

  /** Publishes a draft as the officer read and mended it. What still names somebody is refused. */
  async approve(id: string, text: PrecedentText, by: Reader): Promise<Result<{ readonly id: string }, DomainError>> {
    const cited = checkCitations(text.citations, { officer: true, knownCitations: await this.#citations() });
    if (!cited.ok) return cited;
    return this.#uow.runResult(async (tx): Promise<Result<{ readonly id: string }, DomainError>> => {
      const before = await this.#precedents.load(tx, id);
      if (before === null) return err(consultationErrors.PRECEDENT_UNKNOWN(`There is no precedent ${id}.`));
      if (before.status === 'published') return err(consultationErrors.PRECEDENT_PUBLISHED(`${id} is published.`));
      const anonymous = await this.#checkAnonymous(tx, text);
      if (!anonymous.ok) return anonymous;
      await this.#precedents.publish(tx, { ...text, id }, { by: by.subject, at: this.#clock.now() });
      return ok({ id });
    });
  }

  /** Publishes what an officer wrote anew, without a thread behind it. */
  async write(text: PrecedentText, by: Reader): Promise<Result<{ readonly id: string }, DomainError>> {
    const { ruleSet } = await this.#ruleSets.active();
    const cited = checkCitations(text.citations, { officer: true, knownCitations: await this.#citations() });
    if (!cited.ok) return cited;
    return this.#uow.runResult(async (tx): Promise<Result<{ readonly id: string }, DomainError>> => {
      const anonymous = await this.#checkAnonymous(tx, text);
      if (!anonymous.ok) return anonymous;
      const id = newId('pre');
      await this.#precedents.insert(
        tx,
        { ...text, id },
        { ruleSetVersion: ruleSet.version, by: by.subject, at: this.#clock.now() },
      );
      return ok({ id });
    });
  }

  async #checkAnonymous(tx: Tx, text: PrecedentText): Promise<Result<null, DomainError>> {
    return checkAnonymous(text, await this.#precedents.names(tx));
  }

  async #citations(): Promise<ReadonlySet<string>> {
    return new Set((await this.#ruleSets.active()).ruleSet.citations.map(({ id }) => id));
  }
}
