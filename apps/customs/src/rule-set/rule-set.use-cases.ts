import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { builtInRuleSets, checkRuleSet, type RuleSet } from '@hetao/rules';
import { CLOCK } from '@hetao/runtime';
import { mainlandDate } from '../shared/reader.js';
import { ruleSetErrors } from './rule-set.errors.js';
import { RuleSetRepository } from './rule-set.repository.js';
import { signRuleSet, type RuleSetVersion } from './rule-set.js';

/** Enters a new version, after every check; it decides nothing until two people signed it. */
@Injectable()
export class ProposeRuleSet {
  readonly #uow: UnitOfWork;
  readonly #versions: RuleSetRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, versions: RuleSetRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#versions = versions;
    this.#clock = clock;
  }

  execute(content: RuleSet, by: { readonly subject: string }): Promise<Result<RuleSetVersion, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<RuleSetVersion, DomainError>> => {
      const checked = checkRuleSet(content);
      if (!checked.ok) return checked;
      const version: RuleSetVersion = {
        id: newId('rst'),
        name: content.id,
        version: content.version,
        effectiveFrom: content.effectiveFrom,
        content,
        contentSha256: documentHash(content),
        status: 'proposed',
        signatures: [],
        proposedBy: by.subject,
        proposedAt: this.#clock.now(),
        publishedAt: null,
      };
      const taken = builtInRuleSets.some(({ id, version: known }) => content.id === id && content.version === known);
      if (!taken && (await this.#versions.insert(tx, version))) return ok(version);
      return err(
        ruleSetErrors.RULE_SET_VERSION_TAKEN(`Rule set ${content.id} has a version ${content.version} already.`),
      );
    });
  }
}

/** Takes one person's signature; the second one publishes. */
@Injectable()
export class SignRuleSet {
  readonly #uow: UnitOfWork;
  readonly #versions: RuleSetRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, versions: RuleSetRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#versions = versions;
    this.#clock = clock;
  }

  execute(
    id: string,
    contentSha256: string,
    by: { readonly subject: string },
  ): Promise<Result<RuleSetVersion, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<RuleSetVersion, DomainError>> => {
      const before = await this.#versions.load(tx, id);
      if (before === null) return err(ruleSetErrors.RULE_SET_UNKNOWN(`There is no rule set ${id}.`));
      const signed = signRuleSet(before, { subject: by.subject, contentSha256, at: this.#clock.now() });
      if (!signed.ok || signed.value === before) return signed;
      const publishable = signed.value.status === 'published' ? this.#checkPublication(before) : ok(null);
      if (!publishable.ok) return publishable;
      await this.#versions.saveSignatures(tx, signed.value);
      return signed;
    });
  }

  /** Checked again as it is published: the checks may know more than when it was proposed, and its day may be over. */
  #checkPublication({ content, version, effectiveFrom }: RuleSetVersion): Result<unknown, DomainError> {
    const today = mainlandDate(this.#clock.now());
    if (effectiveFrom < today) {
      const detail = `Version ${version} would decide from ${effectiveFrom}, and today is ${today}.`;
      return err(ruleSetErrors.RULE_SET_RETROACTIVE(detail));
    }
    return checkRuleSet(content);
  }
}
