import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Reader, type Result, seesEveryTenant, seesTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { toParticipantDto, type ParticipantDto, type ParticipantQueryDto } from './participant.dto.js';
import { participantErrors, type ParticipantError } from './participant.errors.js';
import type { Participant } from './participant.js';

const COLUMNS = `id, name, jurisdiction, roles, home_currency AS "homeCurrency", bank_account AS "bankAccount", status,
  registered_at AS "registeredAt", approved_at AS "approvedAt", approved_by AS "approvedBy",
  suspended_at AS "suspendedAt", suspension_reason AS "suspensionReason", revision, profile,
  submitted_at AS "submittedAt", submitted_by AS "submittedBy", taken_by AS "takenBy", ended_at AS "endedAt",
  end_reason AS "endReason", certificate_number AS "certificateNumber", certificate_until AS "certificateUntil"`;

/** Approved participants are known to all; the others to themselves and to the exchange. */
const VISIBLE = `($1 OR status = 'approved' OR id = $2)`;

/** Reads participants as their reader may see them. */
@Injectable()
export class ParticipantQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: ParticipantQueryDto, reader: Reader): Promise<Page<ParticipantDto>> {
    const filter = { status: query.status, role: query.role, id: query.id };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<Participant>(
        `SELECT ${COLUMNS} FROM participants
         WHERE ${VISIBLE} AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR $4 = ANY (roles))
           AND ($5::text[] IS NULL OR id = ANY ($5)) AND ($6::text IS NULL OR id < $6)
         ORDER BY id DESC LIMIT $7`,
        [
          seesEveryTenant(reader),
          reader.organisationId,
          query.status ?? null,
          query.role ?? null,
          query.id?.split(',') ?? null,
          before,
          query.limit + 1,
        ],
      ),
    );
    const shown = rows.map((row) => toParticipantDto(row, seesTenant(reader, row.id)));
    return cursorPage(shown, query.limit, (participant) => [participant.id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<ParticipantDto, ParticipantError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Participant>(`SELECT ${COLUMNS} FROM participants WHERE ${VISIBLE} AND id = $3`, [
        seesEveryTenant(reader),
        reader.organisationId,
        id,
      ]),
    );
    const [found] = rows;
    if (found === undefined) return err(participantErrors.PARTICIPANT_UNKNOWN(`There is no participant ${id}.`));
    return ok(toParticipantDto(found, seesTenant(reader, found.id)));
  }
}
