import { Injectable } from '@nestjs/common';
import { newId, type ErrorItem } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { Declaration } from '../declaration/declaration.js';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import { customsItself } from '../shared/reader.js';
import type { HoldRisk } from './hold.js';
import { Holds } from './holds.repository.js';
import { RiskPolicies } from './risk-policy.queries.js';
import { readSignals } from './risk-signals.queries.js';
import { isAccepted, scoreRisk, type Risk, type RiskPolicy } from './risk.js';

/** Scores declarations, holds those that score too high, and says what keeps one from being released. */
@Injectable()
export class RiskDesk {
  readonly #ruleSets: RuleSetQueries;
  readonly #policies: RiskPolicies;
  readonly #holds: Holds;

  constructor(ruleSets: RuleSetQueries, policies: RiskPolicies, holds: Holds) {
    this.#ruleSets = ruleSets;
    this.#policies = policies;
    this.#holds = holds;
  }

  /** Holds that stand, and a score nobody has accepted yet. Empty when nothing is in the way. */
  async obstacles(tx: Tx, declaration: Declaration, at: Date): Promise<readonly ErrorItem[]> {
    const holds = await this.#holds.of(tx, declaration.id);
    const standing = holds
      .filter(({ liftedAt }) => liftedAt === null)
      .map(({ id, reason }) => ({ pointer: `/holds/${id}`, code: 'HOLD_STANDS', detail: `Held: ${reason}` }));
    if (standing.length > 0) return standing;
    const policy = await this.#policies.active(tx);
    const risk = await this.#score(tx, declaration, policy, at);
    if (risk.score < policy.holdAt || isAccepted(risk, seenIn(holds))) return [];
    return [{ pointer: '/risk', code: 'RISK_TOO_HIGH', detail: explain(risk, policy) }];
  }

  /** Scores a declaration anew and holds it where the policy says so, unless officers have let just that go. */
  async assess(tx: Tx, declaration: Declaration, at: Date): Promise<Risk> {
    const policy = await this.#policies.active(tx);
    const risk = await this.#score(tx, declaration, policy, at);
    const holds = await this.#holds.of(tx, declaration.id);
    const isHeld = holds.some(({ liftedAt }) => liftedAt === null);
    if (risk.score >= policy.holdAt && !isHeld && !isAccepted(risk, seenIn(holds))) {
      await this.#holds.put(tx, {
        id: newId('hld'),
        declarationId: declaration.id,
        reason: explain(risk, policy),
        riskReasons: risk.reasons.map(({ rule }) => rule),
        risk: holdRiskOf(risk, policy),
        putBy: customsItself.subject,
        putAt: at,
      });
    }
    return risk;
  }

  /** Which version of the risk rules is in force. */
  async policyVersion(tx: Tx): Promise<number> {
    return (await this.#policies.active(tx)).version;
  }

  async #score(tx: Tx, declaration: Declaration, policy: RiskPolicy, at: Date): Promise<Risk> {
    const engine = await this.#ruleSets.engineOf(tx, declaration.finding.ruleSet);
    const signals = await readSignals((sql, params) => tx.query(sql, params), declaration, {
      engine,
      splitting: policy.splitting,
    });
    const risk = scoreRisk(policy, declaration.facts, signals);
    await tx.execute(
      `INSERT INTO risk_scores (declaration_id, revision, policy_version, score, reasons, assessed_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (declaration_id) DO UPDATE SET revision = excluded.revision,
         policy_version = excluded.policy_version, score = excluded.score, reasons = excluded.reasons,
         assessed_at = excluded.assessed_at`,
      [declaration.id, declaration.revision, policy.version, risk.score, JSON.stringify(risk.reasons), at],
    );
    return risk;
  }
}

function explain({ score, reasons }: Risk, { holdAt }: RiskPolicy): string {
  return `Its risk is ${score}, held from ${holdAt} on: ${reasons.map(({ rule, points }) => `${rule} ${points}`).join(', ')}.`;
}

/** The score in the figures and words of the policy it was made by. */
function holdRiskOf({ score, reasons }: Risk, { holdAt, rules }: RiskPolicy): HoldRisk {
  const applied = rules.flatMap(({ id, text, points }) =>
    reasons.some(({ rule }) => rule === id) ? [{ id, text, points }] : [],
  );
  return { score, holdAt, rules: applied };
}

function seenIn(holds: Awaited<ReturnType<Holds['of']>>): readonly (readonly string[])[] {
  return holds.filter(({ liftedAt }) => liftedAt !== null).map(({ riskReasons }) => riskReasons);
}
