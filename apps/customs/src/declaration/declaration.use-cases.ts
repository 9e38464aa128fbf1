import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { assertVersion, CLOCK } from '@hetao/runtime';
import { mainlandYear, type Reader } from '../shared/reader.js';
import { AssessDeclaration, type DeclarationContent } from './assess-declaration.use-cases.js';
import { declarationErrors } from './declaration.errors.js';
import { DeclarationRepository } from './declaration.repository.js';
import { draftDeclaration, reviseDeclaration, type Declaration } from './declaration.js';

/** What somebody changes: laid over the declaration as it is. */
export type ContentChange = (before: DeclarationContent) => DeclarationContent;
/** A change, and the revision it was made from where whoever makes it says so. */
export interface ContentRevision {
  readonly change: ContentChange;
  readonly revision: number | undefined;
}
type Answer = Result<Declaration, DomainError>;

/** Writes declarations: a new draft, or changes while it is the exporter's. The rules in force answer every time. */
@Injectable()
export class WriteDeclaration {
  readonly #uow: UnitOfWork;
  readonly #declarations: DeclarationRepository;
  readonly #assess: AssessDeclaration;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    declarations: DeclarationRepository,
    assess: AssessDeclaration,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#declarations = declarations;
    this.#assess = assess;
    this.#clock = clock;
  }

  async draft(content: DeclarationContent, by: Reader): Promise<Answer> {
    const assessed = await this.#assess.execute(content);
    if (!assessed.ok) return assessed;
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const at = this.#clock.now();
      const input = { id: newId('dcl'), exporterId: by.organisationId, by: by.subject, at, year: mainlandYear(at) };
      const declaration = draftDeclaration(assessed.value, input);
      await this.#declarations.insert(tx, declaration, { command: 'draft', from: null, at, by, note: null });
      return ok(declaration);
    });
  }

  /**
   * Changes what is declared while it is the exporter's.
   * @throws DomainException VERSION_STALE (412) when it has moved on since the revision the change was made from
   */
  async revise(id: string, { change, revision }: ContentRevision, by: Reader): Promise<Answer> {
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const before = await this.#declarations.load(tx, id);
      // Anybody else's declaration is as good as absent.
      if (before?.exporterId !== by.organisationId) return err(unknownDeclaration(id));
      if (revision !== undefined) assertVersion(revision, before.revision);
      const assessed = await this.#assess.execute(change(before));
      if (!assessed.ok) return assessed;
      const revised = reviseDeclaration(before, assessed.value);
      if (!revised.ok) return revised;
      const deed = { command: 'revise', from: before.status, at: this.#clock.now(), by, note: null };
      await this.#declarations.update(tx, revised.value, deed);
      return revised;
    });
  }
}

/** The refusal that does not tell whether the declaration exists. */
export function unknownDeclaration(id: string): DomainError {
  return declarationErrors.DECLARATION_UNKNOWN(`There is no declaration ${id} that you may use.`);
}
