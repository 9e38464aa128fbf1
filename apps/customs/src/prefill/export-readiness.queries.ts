import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { addWorkingDays, type RuleSet, type WizardState } from '@hetao/rules';
import { CustomsDay } from '../calendar/customs-day.queries.js';
import { policyQueryErrors } from '../policy-query/policy-query.errors.js';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import {
  answerOf,
  readinessFacts,
  withAssumptions,
  workingDaysOver,
  type ReadinessAnswer,
  type ReadinessQuestion,
} from './export-readiness.js';
import type { KnownProduct } from './prefill.js';
import { ProjectionRepository } from './projection.repository.js';

export interface Readiness {
  readonly product: KnownProduct;
  readonly ruleSet: RuleSet;
  readonly state: WizardState;
  readonly factsSha256: string;
  readonly assumed: readonly string[];
  readonly answer: ReadinessAnswer;
  readonly workingDays: ReturnType<typeof workingDaysOver>;
  /** Last day of the longest statutory time, handed in today; null with the reason why it cannot be said. */
  readonly latestDecision: { readonly date: string | null; readonly problem: string | null };
}

/** Can this buyer in this place get this product, how, and in how many working days? */
@Injectable()
export class ExportReadinessQueries {
  readonly #known: ProjectionRepository;
  readonly #uow: UnitOfWork;
  readonly #ruleSets: RuleSetQueries;
  readonly #day: CustomsDay;

  constructor(known: ProjectionRepository, uow: UnitOfWork, ruleSets: RuleSetQueries, day: CustomsDay) {
    this.#known = known;
    this.#uow = uow;
    this.#ruleSets = ruleSets;
    this.#day = day;
  }

  async of(productId: string, question: ReadinessQuestion): Promise<Result<Readiness, DomainError>> {
    const product = await this.#uow.run((tx) => this.#known.product(tx, productId));
    if (product === null) {
      return err(policyQueryErrors.PRODUCT_NOT_DESCRIBED(`What ${productId} holds has not been described here.`));
    }
    const wizard = await this.#ruleSets.activeWizard();
    const known = readinessFacts(product, question);
    const { facts, assumed } = withAssumptions(known, (open) => wizard.engine.nextQuestions(open));
    const state = wizard.ask(facts);
    const { ruleSet } = wizard.engine;
    const workingDays = workingDaysOver(state.possible, ruleSet);
    return ok({
      product,
      ruleSet,
      state,
      assumed,
      workingDays,
      factsSha256: documentHash(facts),
      answer: answerOf(state.possible, state.finding.needsPerson),
      latestDecision: await this.#latest(workingDays.most),
    });
  }

  async #latest(days: number): Promise<Readiness['latestDecision']> {
    if (days === 0) return { date: null, problem: null };
    const { date, calendar } = await this.#day.today();
    const end = addWorkingDays(date, days, 'CN', { calendar });
    return end.ok ? { date: end.value, problem: null } : { date: null, problem: end.error.detail };
  }
}
