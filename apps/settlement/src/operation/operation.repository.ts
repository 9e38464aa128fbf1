import { newId, type Clock, type DomainError } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { ImportQueryDto } from '../statement/mapping.dto.js';
import type { OperationPhase, OperationState } from './operation.js';

/** A file whose import is asked for. */
export interface FileToImport {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** How to read it, as the request said. */
  readonly hints: ImportQueryDto;
  readonly requestedBy: string;
}

/** An operation as the one who works on it sees it. */
export interface OperationAtWork {
  readonly operationId: string;
  readonly sha256: string;
  readonly hints: ImportQueryDto;
  readonly requestedBy: string;
  readonly totalLines: number;
  readonly storedLines: number;
  /** Statements of the file whose lines this operation brings; null until the file was checked. */
  readonly arrivingIds: readonly string[] | null;
}

interface StoredWork {
  readonly operation_id: string;
  readonly sha256: string;
  readonly hints: ImportQueryDto;
  readonly requested_by: string;
  readonly total_lines: number;
  readonly stored_lines: number;
  readonly arriving_ids: readonly string[] | null;
}

const AT_WORK = 'operation_id, sha256, hints, requested_by, total_lines, stored_lines, arriving_ids';

/** Operations: the file, how far it has come, and what came of it. */
@Injectable()
export class OperationRepository {
  readonly #clock: Clock;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Keeps the file. The same bytes are one operation for ever; one that failed begins again, and where it had stored
   * lines it goes on with them, read as they were.
   */
  async begin(tx: Tx, { bytes, sha256, hints, requestedBy }: FileToImport): Promise<string> {
    const [row] = await tx.query<{ operation_id: string }>(
      `INSERT INTO import_operations AS o (operation_id, sha256, size_bytes, hints, file, state, requested_by, requested_at)
       VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7)
       ON CONFLICT (sha256) DO UPDATE SET
         state = CASE WHEN o.state = 'failed' THEN 'queued' ELSE o.state END,
         file = CASE WHEN o.state = 'failed' THEN excluded.file ELSE o.file END,
         hints = CASE WHEN o.state = 'failed' AND o.arriving_ids IS NULL THEN excluded.hints ELSE o.hints END,
         problem = CASE WHEN o.state = 'failed' THEN NULL ELSE o.problem END,
         finished_at = CASE WHEN o.state = 'failed' THEN NULL ELSE o.finished_at END
       RETURNING operation_id`,
      [
        newId('opn'),
        sha256,
        bytes.byteLength,
        JSON.stringify(hints),
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        requestedBy,
        this.#clock.now(),
      ],
    );
    if (row === undefined) throw new Error('The operation was not kept.');
    return row.operation_id;
  }

  /** The oldest operation that is not finished, from now on running; null when there is none. */
  async next(tx: Tx): Promise<OperationAtWork | null> {
    const [row] = await tx.query<StoredWork>(
      `SELECT ${AT_WORK} FROM import_operations WHERE state IN ('queued', 'running')
        ORDER BY requested_at, operation_id LIMIT 1 FOR UPDATE`,
    );
    if (row === undefined) return null;
    await tx.execute(
      `UPDATE import_operations SET state = 'running', started_at = coalesce(started_at, $2), phase = coalesce(phase, 'reading')
        WHERE operation_id = $1`,
      [row.operation_id, this.#clock.now()],
    );
    return {
      operationId: row.operation_id,
      sha256: row.sha256,
      hints: row.hints,
      requestedBy: row.requested_by,
      totalLines: row.total_lines,
      storedLines: row.stored_lines,
      arrivingIds: row.arriving_ids,
    };
  }

  async file(tx: Tx, operationId: string): Promise<Uint8Array> {
    const [row] = await tx.query<{ file: Buffer | null }>(
      'SELECT file FROM import_operations WHERE operation_id = $1',
      [operationId],
    );
    if (row === undefined || row.file === null) throw new Error(`Operation ${operationId} has lost its file.`);
    return row.file;
  }

  async enter(tx: Tx, operationId: string, phase: OperationPhase): Promise<void> {
    await tx.execute('UPDATE import_operations SET phase = $2 WHERE operation_id = $1', [operationId, phase]);
  }

  /** The file adds up: what it holds, and which of its statements are new. */
  async checked(
    tx: Tx,
    operationId: string,
    found: {
      readonly statementIds: readonly string[];
      readonly arrivingIds: readonly string[];
      readonly lines: number;
    },
  ): Promise<void> {
    await tx.execute(
      `UPDATE import_operations SET phase = 'storing', statement_ids = $2, arriving_ids = $3, total_lines = $4
        WHERE operation_id = $1`,
      [operationId, found.statementIds, found.arrivingIds, found.lines],
    );
  }

  /**
   * Counts lines in the transaction that stores or matches them.
   *
   * @param expected lines stored before, as the caller believes; nothing is counted when another was here meanwhile.
   * @returns whether they were counted.
   */
  async count(
    tx: Tx,
    operationId: string,
    { expected, stored, done }: { readonly expected: number; readonly stored: number; readonly done: number },
  ): Promise<boolean> {
    const counted = await tx.execute(
      `UPDATE import_operations SET stored_lines = stored_lines + $3, done_lines = done_lines + $4
        WHERE operation_id = $1 AND state = 'running' AND stored_lines = $2`,
      [operationId, expected, stored, done],
    );
    return counted === 1;
  }

  /** Ends the operation; its file has done its work. */
  async end(tx: Tx, operationId: string, problem: DomainError | null): Promise<void> {
    const state: OperationState = problem === null ? 'done' : 'failed';
    await tx.execute(
      `UPDATE import_operations SET state = $2, problem = $3, finished_at = $4, file = NULL WHERE operation_id = $1`,
      [operationId, state, problem === null ? null : JSON.stringify(problem), this.#clock.now()],
    );
  }
}
