import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import {
  inclusionProof,
  type SignedUsageStatement,
  type UsageInclusionProof,
  usageLeaf,
  usageProofFormat,
} from '@hetao/proofs';
import { DATABASE } from '@hetao/runtime';
import { UsageStatementRepository } from './usage-statement.repository.js';
import { usageStatementErrors, type UsageStatementError } from './usage-statement.errors.js';

/** Reading statements and proving events under them. Who may is asked before. */
@Injectable()
export class UsageStatementQueries {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly statements: UsageStatementRepository,
  ) {}

  async find(statementId: string): Promise<SignedUsageStatement | undefined> {
    return this.database.withClient((client) => this.statements.find(client, statementId));
  }

  async list(agreementId: string, after: string, limit: number): Promise<readonly SignedUsageStatement[]> {
    return this.database.withClient((client) => this.statements.list(client, agreementId, after, limit));
  }

  /** The proof that a statement counts an event, as the event was when it was signed. */
  async prove(
    signed: SignedUsageStatement,
    key: { readonly source: string; readonly id: string },
  ): Promise<Result<UsageInclusionProof, UsageStatementError>> {
    const { statement_id: statementId } = signed.statement;
    return this.database.withClient(async (client): Promise<Result<UsageInclusionProof, UsageStatementError>> => {
      const versions = await this.statements.versionsOf(client, signed.statement, key);
      const leaves = await this.statements.leaves(client, statementId);
      for (const event of versions) {
        const index = leaves.indexOf(usageLeaf(event));
        if (index < 0) continue;
        return ok({
          format: usageProofFormat,
          signed,
          event: { ...event, type: 'hetao.usage.recorded' },
          leaf_index: index,
          path: inclusionProof(leaves, index),
        });
      }
      const detail = `Statement ${statementId} has no event "${key.id}" of source ${key.source}.`;
      return err(usageStatementErrors.USAGE_EVENT_NOT_IN_STATEMENT(detail));
    });
  }
}
