import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { toArchive, type Archive, type ArchiveRow } from './archive.repository.js';

export type { Archive } from './archive.repository.js';

/** Reads which days were archived. */
@Injectable()
export class ArchiveQueries {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Latest day first. */
  async list(beforeDay: number | undefined, limit: number): Promise<readonly Archive[]> {
    const { rows } = await this.database.withClient((client) =>
      client.query<ArchiveRow>(
        'SELECT * FROM usage_archives WHERE $1::int IS NULL OR day < $1 ORDER BY day DESC LIMIT $2',
        [beforeDay ?? null, limit],
      ),
    );
    return rows.map(toArchive);
  }
}
