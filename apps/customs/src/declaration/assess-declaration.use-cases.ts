import { Injectable } from '@nestjs/common';
import { ok, type DomainError, type Result } from '@hetao/kernel';
import { documentHash } from '@hetao/proofs';
import { checkFacts } from '@hetao/rules';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import type { Assessed } from './declaration.js';
import type { DeclarationForm } from './form.js';

export interface DeclarationContent {
  readonly form: DeclarationForm;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Asks the rules in force what they say to a declaration; contradictory and unknown facts are refused. */
@Injectable()
export class AssessDeclaration {
  readonly #ruleSets: RuleSetQueries;

  constructor(ruleSets: RuleSetQueries) {
    this.#ruleSets = ruleSets;
  }

  async execute({ form, facts }: DeclarationContent): Promise<Result<Assessed, DomainError>> {
    const engine = await this.#ruleSets.active();
    const checked = checkFacts(engine.ruleSet, facts);
    if (!checked.ok) return checked;
    const factsSha256 = documentHash(checked.value);
    return ok({ form, facts: checked.value, factsSha256, finding: engine.evaluate(checked.value) });
  }
}
