import { Inject, Injectable } from '@nestjs/common';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { builtInRiskPolicy } from './risk-policy.js';
import type { RiskPolicy } from './risk.js';

/** A version of the risk rules, and who stands for it. */
export interface RiskPolicyVersion {
  readonly policy: RiskPolicy;
  readonly proposedBy: string;
  readonly proposedAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
}

const MAX_VERSIONS = 100;
const ACTIVE = 'SELECT content FROM risk_policies WHERE approved_at IS NOT NULL ORDER BY version DESC LIMIT 1';

/** Reads the risk rules: the newest approved version is in force. */
@Injectable()
export class RiskPolicies {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** The rules in force, read in an open transaction. */
  async active(tx: Pick<Tx, 'query'>): Promise<RiskPolicy> {
    const [row] = await tx.query<{ content: RiskPolicy }>(ACTIVE);
    return row?.content ?? builtInRiskPolicy;
  }

  /** The rules in force, for those who only read. */
  async current(): Promise<RiskPolicy> {
    const { rows } = await this.#database.withClient((client) => client.query<{ content: RiskPolicy }>(ACTIVE));
    return rows[0]?.content ?? builtInRiskPolicy;
  }

  /** Entered versions, newest first, and the one that came with the exchange. */
  async list(): Promise<readonly RiskPolicyVersion[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<RiskPolicyVersion>(
        `SELECT content AS policy, proposed_by AS "proposedBy", proposed_at AS "proposedAt",
           approved_by AS "approvedBy", approved_at AS "approvedAt" FROM risk_policies ORDER BY version DESC LIMIT $1`,
        [MAX_VERSIONS],
      ),
    );
    const builtIn = { policy: builtInRiskPolicy, proposedBy: 'exchange', approvedBy: 'exchange' };
    return [...rows, { ...builtIn, proposedAt: null, approvedAt: null }];
  }
}
