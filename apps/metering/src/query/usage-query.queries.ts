import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { type Database, databaseFailure } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type pg from 'pg';
import type { Evaluation } from './meter-evaluation.sql.js';
import { MeterEvaluator, type MeterPoint } from './meter-evaluator.queries.js';
import { usageQueryErrors, type UsageQueryError } from './usage-query.errors.js';

/** Most points of one answer. */
export const maxPoints = 5_000;
/** Longest that a question may keep the database busy, in ms. */
const STATEMENT_TIMEOUT_MS = 10_000;
const QUERY_CANCELED = '57014';

/** Questions of people about usage, each with a bound on what it may cost. */
@Injectable()
export class UsageQueries {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly evaluator: MeterEvaluator,
  ) {}

  async evaluate(evaluation: Evaluation): Promise<Result<readonly MeterPoint[], UsageQueryError>> {
    const answer = await this.bounded((client) => this.evaluator.evaluate(client, evaluation, maxPoints));
    if (!answer.ok || answer.value.length <= maxPoints) return answer;
    return err(
      usageQueryErrors.USAGE_QUERY_TOO_LARGE(`There are more than ${maxPoints} windows and groups with usage.`),
    );
  }

  /** Reads in a transaction that is ended when it takes too long. */
  async bounded<T>(read: (client: pg.PoolClient) => Promise<T>): Promise<Result<T, UsageQueryError>> {
    return this.database.withClient(async (client) => {
      await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
      try {
        const value = await read(client);
        await client.query('COMMIT');
        return ok(value);
      } catch (error) {
        if (databaseFailure(error) === 'unreachable') throw error;
        await client.query('ROLLBACK');
        if (!isCanceled(error)) throw error;
        return err(usageQueryErrors.USAGE_QUERY_TOO_SLOW(`It took longer than ${STATEMENT_TIMEOUT_MS / 1000} s.`));
      }
    });
  }
}

function isCanceled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === QUERY_CANCELED;
}
