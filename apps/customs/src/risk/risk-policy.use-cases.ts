import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type DomainError, type ErrorItem, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import type { Reader } from '../shared/reader.js';
import type { RiskPolicyVersion } from './risk-policy.queries.js';
import { riskErrors } from './risk.errors.js';
import { signalFacts, type RiskPolicy } from './risk.js';

type Answer = Result<RiskPolicyVersion, DomainError>;

const VERSION = `content AS policy, proposed_by AS "proposedBy", proposed_at AS "proposedAt", approved_by AS "approvedBy",
  approved_at AS "approvedAt"`;

/** Enters new risk rules; another officer puts them in force. Versions are never edited. */
@Injectable()
export class ChangeRiskPolicy {
  readonly #uow: UnitOfWork;
  readonly #ruleSets: RuleSetQueries;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, ruleSets: RuleSetQueries, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#ruleSets = ruleSets;
    this.#clock = clock;
  }

  async propose(policy: Omit<RiskPolicy, 'version'>, by: Reader): Promise<Answer> {
    const { ruleSet } = await this.#ruleSets.active();
    const items = faultsIn(policy, new Set([...ruleSet.facts, ...signalFacts].map(({ key }) => key)));
    if (items.length > 0) {
      const detail = items.map((item) => item.detail).join(' ');
      return err(riskErrors.RISK_POLICY_FAULTY(detail, { items }));
    }
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      // Versions follow one another without gaps: two officers proposing at once wait for each other.
      await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('customs risk policy', 0))");
      const [row] = await tx.query<{ next: number }>('SELECT coalesce(max(version), 1) + 1 AS next FROM risk_policies');
      const version: RiskPolicyVersion = {
        policy: { ...policy, version: row?.next ?? 2 },
        proposedBy: by.subject,
        proposedAt: this.#clock.now(),
        approvedBy: null,
        approvedAt: null,
      };
      await tx.execute(
        'INSERT INTO risk_policies (version, content, proposed_by, proposed_at) VALUES ($1, $2, $3, $4)',
        [version.policy.version, JSON.stringify(version.policy), version.proposedBy, version.proposedAt],
      );
      return ok(version);
    });
  }

  approve(version: number, by: Reader): Promise<Answer> {
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const before = await load(tx, version);
      if (before === null) return err(riskErrors.RISK_POLICY_UNKNOWN(`There is no version ${version} to approve.`));
      if (before.approvedAt !== null) return ok(before);
      if (before.proposedBy === by.subject) {
        return err(riskErrors.RISK_POLICY_FOUR_EYES(`${by.subject} proposed version ${version}.`));
      }
      const approved = { ...before, approvedBy: by.subject, approvedAt: this.#clock.now() };
      await tx.execute('UPDATE risk_policies SET approved_by = $2, approved_at = $3 WHERE version = $1', [
        version,
        approved.approvedBy,
        approved.approvedAt,
      ]);
      return ok(approved);
    });
  }
}

async function load(tx: Tx, version: number): Promise<RiskPolicyVersion | null> {
  const [row] = await tx.query<RiskPolicyVersion>(
    `SELECT ${VERSION} FROM risk_policies WHERE version = $1 FOR UPDATE`,
    [version],
  );
  return row ?? null;
}

/** A rule that names a fact nobody knows would never apply, and nobody would notice. */
function faultsIn({ rules, splitting }: Omit<RiskPolicy, 'version'>, known: ReadonlySet<string>): ErrorItem[] {
  const ids = [...rules, ...splitting].map(({ id }) => id);
  return [
    ...ids
      .filter((id, at) => ids.indexOf(id) !== at)
      .map((id) => ({ pointer: '/rules', code: 'ID_TWICE', detail: `"${id}" is given twice.` })),
    ...rules.flatMap(({ id, when }, at) =>
      [...when.all, ...(when.any ?? []).flatMap(({ all }) => all)]
        .filter(([key]) => !known.has(key))
        .map(([key]) => ({
          pointer: `/rules/${at}/when`,
          code: 'FACT_UNKNOWN',
          detail: `${id}: "${key}" is neither a fact of the rules in force nor a signal.`,
        })),
    ),
  ];
}
