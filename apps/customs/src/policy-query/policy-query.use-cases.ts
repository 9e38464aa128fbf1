import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { checkFacts, type Facts, type RuleSet, type Wizard, type WizardState } from '@hetao/rules';
import { CLOCK } from '@hetao/runtime';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import { toFindingDto, type FindingDto } from './finding.dto.js';
import { keptQueryId, PolicyQueryRepository } from './policy-query.repository.js';
import { policyQueryErrors } from './policy-query.errors.js';

/** A finding, with everything a page or a document about it needs. */
export interface AnsweredQuery {
  /** Under which it can be opened again; null when it was not kept. */
  readonly id: string | null;
  readonly ruleSet: RuleSet;
  readonly state: WizardState;
  /** The facts as they were given; what follows from them is in `state`. */
  readonly given: Facts;
  readonly factsSha256: string;
  readonly keptAt: Date | null;
}
type Answer = Result<AnsweredQuery, DomainError>;

/** Answers what the rules say about a transfer, and keeps a finding somebody wants to open again. */
@Injectable()
export class AnswerPolicyQuery {
  readonly #ruleSets: RuleSetQueries;
  readonly #kept: PolicyQueryRepository;
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(ruleSets: RuleSetQueries, kept: PolicyQueryRepository, uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#ruleSets = ruleSets;
    this.#kept = kept;
    this.#uow = uow;
    this.#clock = clock;
  }

  /** @param keep store the facts, so that the finding can be opened by its id; the same facts have the same id. */
  async execute(facts: Readonly<Record<string, unknown>>, keep: boolean): Promise<Answer> {
    const wizard = await this.#ruleSets.activeWizard();
    const answered = ask(wizard, facts);
    if (!answered.ok || !keep) return answered;
    const { id: name, version } = wizard.engine.ruleSet;
    const { given, factsSha256 } = answered.value;
    const id = keptQueryId(name, version, factsSha256);
    const keptAt = await this.#uow.run((tx) =>
      this.#kept.keep(tx, {
        id,
        ruleSetName: name,
        ruleSetVersion: version,
        facts: given,
        factsSha256,
        keptAt: this.#clock.now(),
      }),
    );
    return ok({ ...answered.value, id, keptAt });
  }

  /** Opens a kept finding: the version of the rules that made it makes it again, whatever is in force now. */
  async open(id: string): Promise<Answer> {
    const kept = await this.#uow.run((tx) => this.#kept.load(tx, id));
    const unknown = err(policyQueryErrors.POLICY_QUERY_UNKNOWN(`There is no finding ${id}.`));
    if (kept === null) return unknown;
    const wizard = await this.#ruleSets.wizardOf(kept.ruleSetName, kept.ruleSetVersion);
    if (wizard === null) return unknown;
    const answered = ask(wizard, kept.facts);
    return answered.ok ? ok({ ...answered.value, id, keptAt: kept.keptAt }) : answered;
  }
}

/** Evaluates facts with one version of the rules. */
export function ask(wizard: Wizard, facts: Readonly<Record<string, unknown>>): Answer {
  const { ruleSet } = wizard.engine;
  const checked = checkFacts(ruleSet, facts);
  if (!checked.ok) return checked;
  const given = checked.value;
  return ok({ id: null, ruleSet, state: wizard.ask(given), given, factsSha256: documentHash(given), keptAt: null });
}

/** The same as a client reads it: the policy query, and the dry run of a version that is not in force. */
export function answer(wizard: Wizard, facts: Readonly<Record<string, unknown>>): Result<FindingDto, DomainError> {
  const answered = ask(wizard, facts);
  return answered.ok ? ok(toFindingDto(answered.value)) : answered;
}
