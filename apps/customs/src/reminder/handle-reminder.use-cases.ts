import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import type { Reader } from '../shared/reader.js';
import { reminderErrors } from './reminder.errors.js';
import { escalatedStages } from './reminder.js';

/** Takes an escalated reminder off the supervisors' queue, with what was done about it. */
@Injectable()
export class HandleReminder {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  /** Doing it again changes nothing: the first note stays. */
  execute(id: string, note: string, by: Reader): Promise<Result<null, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<null, DomainError>> => {
      const [row] = await tx.query<{ id: string }>(
        `UPDATE clock_reminders SET handled_by = coalesce(handled_by, $3), handled_note = coalesce(handled_note, $4),
           handled_at = coalesce(handled_at, $5) WHERE id = $1 AND stage = ANY ($2) RETURNING id`,
        [id, escalatedStages, by.subject, note, this.#clock.now()],
      );
      return row === undefined
        ? err(reminderErrors.REMINDER_UNKNOWN(`There is no escalated reminder ${id}.`))
        : ok(null);
    });
  }
}
