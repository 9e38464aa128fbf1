import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { Profile } from './profile.js';
import { PROFILE_COLUMNS } from './profile.repository.js';

/** Reads lists of profiles. */
@Injectable()
export class ProfileQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** Newest first, of one organisation or of all; `before` is the id that the page before ended with. */
  async list(organisationId: string | null, before: string | null, limit: number): Promise<readonly Profile[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Profile>(
        `SELECT ${PROFILE_COLUMNS} FROM profiles
         WHERE ($1::text IS NULL OR organisation_id = $1) AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
        [organisationId, before, limit],
      ),
    );
    return rows;
  }
}
