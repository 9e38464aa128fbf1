import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { checkFacts } from '@hetao/rules';
import { CLOCK } from '@hetao/runtime';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import { mainlandYear, type Reader } from '../shared/reader.js';
import { declarationErrors } from './declaration.errors.js';
import { DeclarationRepository } from './declaration.repository.js';
import { draftDeclaration, reviseDeclaration, type Assessed, type Declaration } from './declaration.js';
import type { DeclarationForm } from './form.js';

export interface DeclarationContent {
  readonly form: DeclarationForm;
  readonly facts: Readonly<Record<string, unknown>>;
}
type Answer = Result<Declaration, DomainError>;

/** Writes declarations: a new draft, or changes while it is the exporter's. The rules in force answer every time. */
@Injectable()
export class WriteDeclaration {
  readonly #uow: UnitOfWork;
  readonly #declarations: DeclarationRepository;
  readonly #ruleSets: RuleSetQueries;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    declarations: DeclarationRepository,
    ruleSets: RuleSetQueries,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#declarations = declarations;
    this.#ruleSets = ruleSets;
    this.#clock = clock;
  }

  async draft(content: DeclarationContent, by: Reader): Promise<Answer> {
    const assessed = await this.#assess(content);
    if (!assessed.ok) return assessed;
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const at = this.#clock.now();
      const input = { id: newId('dcl'), exporterId: by.organisationId, by: by.subject, at, year: mainlandYear(at) };
      const declaration = draftDeclaration(assessed.value, input);
      await this.#declarations.insert(tx, declaration, { command: 'draft', from: null, at, by, note: null });
      return ok(declaration);
    });
  }

  async revise(id: string, content: DeclarationContent, by: Reader): Promise<Answer> {
    const assessed = await this.#assess(content);
    if (!assessed.ok) return assessed;
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const before = await this.#declarations.load(tx, id);
      // Anybody else's declaration is as good as absent.
      if (before?.exporterId !== by.organisationId) return err(unknownDeclaration(id));
      const revised = reviseDeclaration(before, assessed.value);
      if (!revised.ok) return revised;
      const at = this.#clock.now();
      await this.#declarations.update(tx, revised.value, {
        command: 'revise',
        from: before.status,
        at,
        by,
        note: null,
      });
      return revised;
    });
  }

  async #assess({ form, facts }: DeclarationContent): Promise<Result<Assessed, DomainError>> {
    const engine = await this.#ruleSets.active();
    const checked = checkFacts(engine.ruleSet, facts);
    if (!checked.ok) return checked;
    const factsSha256 = documentHash(checked.value);
    return ok({ form, facts: checked.value, factsSha256, finding: engine.evaluate(checked.value) });
  }
}

/** The refusal that does not tell whether the declaration exists. */
export function unknownDeclaration(id: string): DomainError {
  return declarationErrors.DECLARATION_UNKNOWN(`There is no declaration ${id} that you may use.`);
}
