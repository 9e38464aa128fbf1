import { Injectable } from '@nestjs/common';
import { err, type DomainError, type Result } from '@hetao/kernel';
import { ask, type AnsweredQuery } from '../policy-query/policy-query.use-cases.js';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import { ruleSetErrors } from '../rule-set/rule-set.errors.js';
import type { Reader } from '../shared/reader.js';
import type { Declaration } from './declaration.js';
import { DeclarationQueries } from './declaration.queries.js';

/** Explains the finding of a declaration with the version of the rules that made it. */
@Injectable()
export class ExplainDeclaration {
  readonly #declarations: DeclarationQueries;
  readonly #ruleSets: RuleSetQueries;

  constructor(declarations: DeclarationQueries, ruleSets: RuleSetQueries) {
    this.#declarations = declarations;
    this.#ruleSets = ruleSets;
  }

  async execute(id: string, reader: Reader): Promise<Result<AnsweredQuery, DomainError>> {
    const found = await this.#declarations.get(id, reader);
    return found.ok ? this.explain(found.value) : found;
  }

  async explain({ finding, facts }: Declaration): Promise<Result<AnsweredQuery, DomainError>> {
    const { id, version } = finding.ruleSet;
    const wizard = await this.#ruleSets.wizardOf(id, version);
    return wizard === null
      ? err(ruleSetErrors.RULE_SET_UNKNOWN(`Rule set ${id} ${version} is not known any more.`))
      : ask(wizard, facts);
  }
}
