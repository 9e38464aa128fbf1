import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { AssessDeclaration } from '../declaration/assess-declaration.use-cases.js';
import { DeclarationQueries } from '../declaration/declaration.queries.js';
import { triggersBetween } from '../declaration/redeclaration-trigger.js';
import type { Comparison } from '../declaration/succeed-declaration.use-cases.js';
import type { Reader } from '../shared/reader.js';
import { withProductOf } from './prefill.js';
import { prefillErrors } from './prefill.errors.js';
import { ProjectionRepository } from './projection.repository.js';

/** Whether what a product holds today is still what was declared: a new version may hold more. */
@Injectable()
export class ProductChanges {
  readonly #declarations: DeclarationQueries;
  readonly #known: ProjectionRepository;
  readonly #uow: UnitOfWork;
  readonly #assess: AssessDeclaration;

  constructor(
    declarations: DeclarationQueries,
    known: ProjectionRepository,
    uow: UnitOfWork,
    assess: AssessDeclaration,
  ) {
    this.#declarations = declarations;
    this.#known = known;
    this.#uow = uow;
    this.#assess = assess;
  }

  async of(id: string, reader: Reader): Promise<Result<Comparison, DomainError>> {
    const found = await this.#declarations.get(id, reader);
    if (!found.ok) return found;
    const { productId } = found.value.form;
    const product = productId === null ? null : await this.#uow.run((tx) => this.#known.product(tx, productId));
    if (product === null) {
      return err(prefillErrors.PREFILL_PRODUCT_UNKNOWN(`What the product of ${id} holds is not known here.`));
    }
    const assessed = await this.#assess.execute(withProductOf(found.value, product));
    if (!assessed.ok) return assessed;
    return ok({ triggers: triggersBetween(found.value, assessed.value), assessed: assessed.value });
  }
}
