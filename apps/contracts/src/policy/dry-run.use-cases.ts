import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import {
  checkUsagePolicy,
  describePolicy,
  evaluatePolicy,
  readUsagePolicy,
  type OdrlPolicy,
  type PolicyClause,
  type PolicyDecision,
  type PolicyWindow,
} from '@hetao/rules';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { toUse, type DryRunDto, type PolicyCheckDto, type UseDto } from './dry-run.dto.js';
import { checkPolicy, odrlFrom, under, usagePolicyFrom, type UsagePolicy } from './policy.js';
import { toPolicy } from './policy.dto.js';

/** A policy that can be offered, in every form it has. */
export interface CheckedPolicy {
  readonly policy: UsagePolicy;
  readonly odrl: OdrlPolicy;
  readonly clauses: readonly PolicyClause[];
}

/** Says of a policy what an offer with it would be told, without offering anything; nothing is stored. */
@Injectable()
export class TryPolicy {
  readonly #clock: Clock;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#clock = clock;
  }

  /** The policy as it would be offered, or everything that is wrong with it. */
  check({ policy, term }: PolicyCheckDto): Result<CheckedPolicy, DomainError> {
    const window = { from: new Date(term.from), until: new Date(term.until) };
    const checked = 'purposes' in policy ? checkPolicy(toPolicy(policy), window) : checkOdrl(policy.odrl, window);
    if (!checked.ok) return checked;
    const odrl = odrlFrom(checked.value);
    return ok({ policy: checked.value, odrl, clauses: describePolicy(odrl) });
  }

  /**
   * What the policy says to a use. A policy nobody here would offer, such as a peer's with terms of its own, is answered
   * as well: what cannot be read denies.
   */
  dryRun({ policy, use }: DryRunDto): Result<PolicyDecision, DomainError> {
    const odrl = 'purposes' in policy ? odrlFrom(toPolicy(policy)) : policy.odrl;
    const read = readUsagePolicy(odrl);
    return read.ok ? ok(this.decide(read.value, use)) : err(under('/policy/odrl', read.error));
  }

  /** As {@link dryRun}, for a policy both sides agreed. */
  decide(odrl: OdrlPolicy, use: UseDto): PolicyDecision {
    return evaluatePolicy(odrl, toUse(use, this.#clock.now()));
  }
}

function checkOdrl(odrl: unknown, window: PolicyWindow): Result<UsagePolicy, DomainError> {
  const checked = checkUsagePolicy(odrl, { window });
  return checked.ok ? usagePolicyFrom(checked.value, window) : err(under('/policy/odrl', checked.error));
}
