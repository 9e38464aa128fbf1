import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import type { Hold } from './hold.js';
import { HOLD_COLUMNS } from './holds.repository.js';
import { toHoldDto, type HoldDto } from './risk.dto.js';

/** Reads holds, the newest first. */
@Injectable()
export class HoldQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly declaration_id?: string | undefined;
    readonly standing?: boolean | undefined;
  }): Promise<Page<HoldDto>> {
    const filter = { declaration: query.declaration_id, standing: String(query.standing) };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<Hold>(
        `SELECT ${HOLD_COLUMNS} FROM declaration_holds
         WHERE ($1::text IS NULL OR declaration_id = $1) AND ($2::boolean IS NULL OR (lifted_at IS NULL) = $2)
           AND ($3::text IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
        [query.declaration_id ?? null, query.standing ?? null, before, query.limit + 1],
      ),
    );
    return cursorPage(rows.map(toHoldDto), query.limit, ({ id }) => [id], filter);
  }
}
