import { Inject, Injectable } from '@nestjs/common';
import { deterministicId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { Facts } from '@hetao/rules';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { CustomsConfig } from '../customs.config.js';

/** The facts of a finding: answers from lists and counts, nothing about persons, nobody's name. */
export interface KeptQuery {
  readonly id: string;
  readonly ruleSetName: string;
  readonly ruleSetVersion: string;
  readonly facts: Facts;
  readonly factsSha256: string;
  readonly keptAt: Date;
}

/** One that is kept makes room for itself; more than one goes only after the bound was lowered. */
const MAX_DROPPED_AT_ONCE = 100;

/** The same question under the same rules is one finding, however often it is asked. */
export function keptQueryId(ruleSetName: string, ruleSetVersion: string, factsSha256: string): string {
  return deterministicId('pqy', ruleSetName, ruleSetVersion, factsSha256);
}

/** Keeps findings anybody asked to keep: a bounded number of them. */
@Injectable()
export class PolicyQueryRepository {
  readonly #config: CustomsConfig;

  constructor(@Inject(SERVICE_CONFIG) config: CustomsConfig) {
    this.#config = config;
  }

  /** @returns when it was kept first. */
  async keep(tx: Tx, query: KeptQuery): Promise<Date> {
    const [kept] = await tx.query<{ number: string; keptAt: Date }>(
      `INSERT INTO policy_queries (id, rule_set_name, rule_set_version, facts, facts_sha256, kept_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET id = excluded.id
       RETURNING number, kept_at AS "keptAt"`,
      [query.id, query.ruleSetName, query.ruleSetVersion, JSON.stringify(query.facts), query.factsSha256, query.keptAt],
    );
    await tx.execute(
      `DELETE FROM policy_queries WHERE number IN
         (SELECT number FROM policy_queries WHERE number <= $1::bigint - $2 ORDER BY number LIMIT $3)`,
      [kept?.number ?? '0', this.#config.POLICY_QUERIES_KEPT, MAX_DROPPED_AT_ONCE],
    );
    return kept?.keptAt ?? query.keptAt;
  }

  async load(tx: Tx, id: string): Promise<KeptQuery | null> {
    const rows = await tx.query<KeptQuery>(
      `SELECT id, rule_set_name AS "ruleSetName", rule_set_version AS "ruleSetVersion", facts,
         facts_sha256 AS "factsSha256", kept_at AS "keptAt" FROM policy_queries WHERE id = $1`,
      [id],
    );
    return rows[0] ?? null;
  }
}
