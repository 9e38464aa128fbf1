import { Injectable } from '@nestjs/common';
import { ok, type DomainError, type Result } from '@hetao/kernel';
import { documentHash } from '@hetao/proofs';
import { checkFacts, type RuleEngine } from '@hetao/rules';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import { toFindingDto, type FindingDto } from './finding.dto.js';

/** Answers what the rules say about a transfer; nothing is stored, the same facts always give the same finding. */
@Injectable()
export class AnswerPolicyQuery {
  readonly #ruleSets: RuleSetQueries;

  constructor(ruleSets: RuleSetQueries) {
    this.#ruleSets = ruleSets;
  }

  async execute(facts: Readonly<Record<string, unknown>>): Promise<Result<FindingDto, DomainError>> {
    return answer(await this.#ruleSets.active(), facts);
  }
}

/** Evaluates facts with one engine: the policy query, and the dry run of a version that is not in force. */
export function answer(engine: RuleEngine, facts: Readonly<Record<string, unknown>>): Result<FindingDto, DomainError> {
  const checked = checkFacts(engine.ruleSet, facts);
  if (!checked.ok) return checked;
  const finding = engine.evaluate(checked.value);
  const questions = engine.nextQuestions(checked.value);
  return ok(toFindingDto({ engine, finding, factsSha256: documentHash(checked.value), questions }));
}
