import { Injectable } from '@nestjs/common';
import { err, newId, ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CustomsDay } from '../calendar/customs-day.queries.js';
import { mainlandYear, type Reader } from '../shared/reader.js';
import { AssessDeclaration } from './assess-declaration.use-cases.js';
import type { Assessed, Declaration } from './declaration.js';
import { DeclarationRepository } from './declaration.repository.js';
import { unknownDeclaration, type ContentChange } from './declaration.use-cases.js';
import { triggersBetween, type Trigger } from './redeclaration-trigger.js';
import { extendDeclaration, redeclareDeclaration } from './successor.js';

type Answer = Result<Declaration, DomainError>;

/** What a change would mean for a declaration that was decided. */
export interface Comparison {
  readonly triggers: readonly Trigger[];
  readonly assessed: Assessed;
}

/** Makes new declarations out of decided ones: an extension of the same, or a declaration anew after a change. */
@Injectable()
export class SucceedDeclaration {
  readonly #uow: UnitOfWork;
  readonly #declarations: DeclarationRepository;
  readonly #assess: AssessDeclaration;
  readonly #day: CustomsDay;

  constructor(uow: UnitOfWork, declarations: DeclarationRepository, assess: AssessDeclaration, day: CustomsDay) {
    this.#uow = uow;
    this.#declarations = declarations;
    this.#assess = assess;
    this.#day = day;
  }

  /** Drafts the request to hold on for longer; within its window, and once: a second request finds the first. */
  async extend(id: string, by: Reader): Promise<Answer> {
    const today = await this.#day.today();
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const before = await this.#declarations.load(tx, id);
      if (before?.exporterId !== by.organisationId) return err(unknownDeclaration(id));
      const earlier = await this.#declarations.openExtensionOf(tx, id);
      if (earlier !== null) return ok(earlier);
      const assessed = await this.#assess.execute(before);
      if (!assessed.ok) return assessed;
      const input = { id: newId('dcl'), by: by.subject, year: mainlandYear(today.at) };
      const draft = extendDeclaration(before, assessed.value, input, today);
      return draft.ok ? this.#insert(tx, draft.value, by, today.at) : draft;
    });
  }

  /** Drafts a declaration of the transfer as it is to be from now on. */
  async redeclare(id: string, change: ContentChange, by: Reader): Promise<Answer> {
    const today = await this.#day.today();
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const before = await this.#declarations.load(tx, id);
      if (before?.exporterId !== by.organisationId) return err(unknownDeclaration(id));
      const assessed = await this.#assess.execute(change(before));
      if (!assessed.ok) return assessed;
      const input = { id: newId('dcl'), by: by.subject, year: mainlandYear(today.at) };
      const draft = redeclareDeclaration(before, assessed.value, input, today);
      return draft.ok ? this.#insert(tx, draft.value, by, today.at) : draft;
    });
  }

  /** Says which of the changes make a new declaration necessary, and what the rules would say then. Stores nothing. */
  compare(id: string, change: ContentChange, by: Reader): Promise<Result<Comparison, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Comparison, DomainError>> => {
      const before = await this.#declarations.load(tx, id);
      const mayRead = before?.exporterId === by.organisationId || by.personas.includes('operator');
      if (before === null || !mayRead) return err(unknownDeclaration(id));
      const assessed = await this.#assess.execute(change(before));
      if (!assessed.ok) return assessed;
      return ok({ triggers: triggersBetween(before, assessed.value), assessed: assessed.value });
    });
  }

  async #insert(tx: Tx, draft: Declaration, by: Reader, at: Date): Promise<Answer> {
    const deed = { command: draft.kind === 'extension' ? 'extend' : 'redeclare', from: null, at, by };
    await this.#declarations.insert(tx, draft, { ...deed, note: draft.predecessor?.id ?? null });
    return ok(draft);
  }
}
