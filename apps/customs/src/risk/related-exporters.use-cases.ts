import { Inject, Injectable } from '@nestjs/common';
import { deterministicId, type Clock } from '@hetao/kernel';
import { UnitOfWork, type Database } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import type { Reader } from '../shared/reader.js';

export interface RelatedGroup {
  readonly groupId: string;
  readonly exporterIds: readonly string[];
  readonly reason: string;
}
const MAX_GROUPS = 1_000;

/** Which exporters belong together, as officers found out: splitting is looked for over all of them. */
@Injectable()
export class RelatedExporterRegister {
  readonly #uow: UnitOfWork;
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#database = database;
    this.#clock = clock;
  }

  /** Puts exporters into one group; whoever was in another takes its members along, for being related is transitive. */
  relate(exporterIds: readonly string[], reason: string, by: Reader): Promise<RelatedGroup> {
    return this.#uow.run(async (tx) => {
      await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('customs related exporters', 0))");
      const known = await tx.query<{ exporterId: string }>(
        `SELECT exporter_id AS "exporterId" FROM related_exporters WHERE group_id IN
           (SELECT group_id FROM related_exporters WHERE exporter_id = ANY ($1))`,
        [exporterIds],
      );
      const all = [...new Set([...exporterIds, ...known.map(({ exporterId }) => exporterId)])].sort();
      const groupId = deterministicId('grp', ...all);
      await tx.execute(
        `INSERT INTO related_exporters (exporter_id, group_id, reason, entered_by, entered_at)
         SELECT unnest($1::text[]), $2, $3, $4, $5 ON CONFLICT (exporter_id) DO UPDATE SET group_id = excluded.group_id,
           reason = excluded.reason, entered_by = excluded.entered_by, entered_at = excluded.entered_at`,
        [all, groupId, reason, by.subject, this.#clock.now()],
      );
      return { groupId, exporterIds: all, reason };
    });
  }

  async list(): Promise<readonly RelatedGroup[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<RelatedGroup>(
        `SELECT group_id AS "groupId", array_agg(exporter_id ORDER BY exporter_id) AS "exporterIds", max(reason) AS reason
         FROM related_exporters GROUP BY group_id ORDER BY group_id LIMIT $1`,
        [MAX_GROUPS],
      ),
    );
    return rows;
  }
}
