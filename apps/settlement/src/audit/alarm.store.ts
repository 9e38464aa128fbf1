import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Database } from '@hetao/persistence';
import { afterCursor, CLOCK, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { auditErrors, type AuditError } from './audit.errors.js';
import {
  toAlarmDto,
  toAuditDto,
  type AlarmDto,
  type AlarmQueryDto,
  type AuditDto,
  type StoredAlarm,
} from './audit.dto.js';

interface StoredAudit {
  readonly audit_id: string;
  readonly asked_by: string;
  readonly started_at: Date;
  readonly finished_at: Date;
  readonly transactions: string;
  readonly chain_checked: string;
  readonly chain_until: string;
  readonly recheck_until: string;
  readonly findings: number;
}

/** Alarms and the audits that raised them. */
@Injectable()
export class AlarmStore {
  readonly #uow: UnitOfWork;
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#database = database;
    this.#clock = clock;
  }

  /** Newest first. */
  async list(query: AlarmQueryDto): Promise<Page<AlarmDto>> {
    const filter = { state: query.state };
    const [before = null] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredAlarm>(
        `SELECT * FROM settlement_alarms WHERE ($1::text IS NULL OR alarm_id < $1)
            AND ($2::text IS NULL OR ($2 = 'open') = (acknowledged_at IS NULL)) ORDER BY alarm_id DESC LIMIT $3`,
        [before, query.state ?? null, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.alarm_id], filter);
    return { ...page, data: page.data.map(toAlarmDto) };
  }

  /** Somebody has seen to it; what is still wrong raises another one at the next audit. Twice is once. */
  acknowledge(alarmId: string, by: string, reason: string): Promise<Result<AlarmDto, AuditError>> {
    return this.#uow.runResult(async (tx): Promise<Result<AlarmDto, AuditError>> => {
      await tx.execute(
        `UPDATE settlement_alarms SET acknowledged_by = $2, acknowledged_at = $3, note = $4
          WHERE alarm_id = $1 AND acknowledged_at IS NULL`,
        [alarmId, by, this.#clock.now(), reason],
      );
      const [row] = await tx.query<StoredAlarm>('SELECT * FROM settlement_alarms WHERE alarm_id = $1', [alarmId]);
      return row === undefined
        ? err(auditErrors.SETTLEMENT_ALARM_NOT_FOUND(`There is no alarm ${alarmId}.`))
        : ok(toAlarmDto(row));
    });
  }

  async audits(query: { readonly cursor?: string | undefined; readonly limit: number }): Promise<Page<AuditDto>> {
    const [before = null] = afterCursor(query.cursor) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredAudit>(
        'SELECT * FROM ledger_audits WHERE ($1::text IS NULL OR audit_id < $1) ORDER BY audit_id DESC LIMIT $2',
        [before, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.audit_id]);
    return { ...page, data: page.data.map(auditOf) };
  }
}

function auditOf(row: StoredAudit): AuditDto {
  return toAuditDto({
    auditId: row.audit_id,
    askedBy: row.asked_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    transactions: Number(row.transactions),
    chainChecked: Number(row.chain_checked),
    marks: { until: Number(row.chain_until), recheckedUntil: Number(row.recheck_until) },
    findings: row.findings,
  });
}
