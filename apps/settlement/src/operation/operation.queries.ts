import { err, ok, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { StatementQueries } from '../statement/statement.queries.js';
import { toOperationDto, type OperationDto, type StoredOperation } from './operation.dto.js';
import { operationErrors, type OperationError } from './operation.errors.js';

/** Shows operations. */
@Injectable()
export class OperationQueries {
  readonly #database: Database;
  readonly #statements: StatementQueries;

  constructor(@Inject(DATABASE) database: Database, statements: StatementQueries) {
    this.#database = database;
    this.#statements = statements;
  }

  async get(operationId: string): Promise<Result<OperationDto, OperationError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredOperation>(
        `SELECT operation_id, state, phase, total_lines, stored_lines, done_lines, size_bytes, statement_ids, problem,
                requested_at, started_at, finished_at
           FROM import_operations WHERE operation_id = $1`,
        [operationId],
      ),
    );
    const [row] = rows;
    if (row === undefined) return err(operationErrors.OPERATION_NOT_FOUND(`There is no operation ${operationId}.`));
    const result = row.state === 'done' ? await this.#statements.importResult(row.statement_ids ?? []) : null;
    return ok(toOperationDto(row, result));
  }
}
