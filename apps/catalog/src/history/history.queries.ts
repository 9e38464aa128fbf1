import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import type { HistoryDto } from './history.dto.js';

interface Row {
  readonly revision: number;
  readonly command: string;
  readonly status_from: string | null;
  readonly status_to: string;
  readonly at: Date;
  readonly by_subject: string;
  readonly by_organisation: string;
  readonly reason: string | null;
}

/** Reads the history of one aggregate, newest first. Who may read it is decided before. */
@Injectable()
export class HistoryQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async of(aggregateId: string, page: { limit: number; cursor?: string | undefined }): Promise<Page<HistoryDto>> {
    const filter = { aggregateId };
    const before = afterCursor(page.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<Row>(
        `SELECT revision, command, status_from, status_to, at, by_subject, by_organisation, reason FROM history
         WHERE aggregate_id = $1 AND ($2::integer IS NULL OR revision < $2) ORDER BY revision DESC LIMIT $3`,
        [aggregateId, before, page.limit + 1],
      ),
    );
    return cursorPage(rows.map(toDto), page.limit, (entry) => [entry.revision], filter);
  }
}

function toDto({ at, by_subject, by_organisation, ...row }: Row): HistoryDto {
  return { ...row, at: at.toISOString(), by: { subject: by_subject, organisation_id: by_organisation } };
}
