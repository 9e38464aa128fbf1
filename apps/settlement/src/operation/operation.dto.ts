import type { DomainError } from '@hetao/kernel';
import { z } from 'zod';
import { importResultDto, type ImportResultDto } from '../statement/statement.dto.js';
import { operationPhases, operationStates, percentOf, type OperationPhase, type OperationState } from './operation.js';

const problemDto = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  fix: z.string(),
  meta: z.record(z.string(), z.json()).optional().describe('Line and path in the file, where the fault has a place'),
});

export const operationDto = z
  .object({
    id: z.string(),
    kind: z.literal('bank_statement_import'),
    state: z.enum(operationStates),
    phase: z.enum(operationPhases).nullable().describe('What it is at, or was at when it ended; null while queued'),
    total: z.int().describe('Payments of the file that are new; 0 until it was checked'),
    stored: z.int().describe('Payments in the books'),
    done: z.int().describe('Payments that are also told apart'),
    percent: z.int().min(0).max(100),
    size_bytes: z.int(),
    requested_at: z.iso.datetime(),
    started_at: z.iso.datetime().nullable(),
    finished_at: z.iso.datetime().nullable(),
    result: importResultDto.nullable().describe('As POST /v1/bank-statements answers when it does not respond later'),
    problem: problemDto.nullable(),
  })
  .meta({ id: 'SettlementOperation' });
export type OperationDto = z.output<typeof operationDto>;

/** An operation as pg returns it. */
export interface StoredOperation {
  readonly operation_id: string;
  readonly state: OperationState;
  readonly phase: OperationPhase | null;
  readonly total_lines: number;
  readonly stored_lines: number;
  readonly done_lines: number;
  readonly size_bytes: number;
  readonly statement_ids: readonly string[] | null;
  readonly problem: DomainError | null;
  readonly requested_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

export function toOperationDto(row: StoredOperation, result: ImportResultDto | null): OperationDto {
  const progress = { totalLines: row.total_lines, storedLines: row.stored_lines, doneLines: row.done_lines };
  return {
    id: row.operation_id,
    kind: 'bank_statement_import',
    state: row.state,
    phase: row.state === 'queued' ? null : row.phase,
    total: row.total_lines,
    stored: row.stored_lines,
    done: row.done_lines,
    percent: percentOf({ ...progress, state: row.state }),
    size_bytes: row.size_bytes,
    requested_at: row.requested_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
    result,
    problem: row.problem === null ? null : toProblem(row.problem),
  };
}

function toProblem({ code, title, detail, fix, meta }: DomainError): z.output<typeof problemDto> {
  return {
    code,
    title,
    detail,
    fix,
    ...(meta === undefined ? {} : { meta: meta as Record<string, z.core.util.JSONType> }),
  };
}
