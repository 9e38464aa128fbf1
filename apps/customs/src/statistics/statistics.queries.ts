import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { ClearTimeDto, StatisticsDto, VolumeDto } from './statistics.dto.js';

const MAX_ROWS = 5_000;

const VOLUMES = `
  SELECT finding->>'pathway' AS pathway, coalesce(facts->>'tx.destination', '') AS destination,
    to_char(created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month,
    count(*)::int AS declarations, count(submitted_at)::int AS submitted, count(released_at)::int AS released,
    coalesce(sum((SELECT count(*) FROM releases JOIN release_persons ON release_id = releases.id
      WHERE declaration_id = declarations.id AND category = 'general')), 0)::int AS persons_general,
    coalesce(sum((SELECT count(*) FROM releases JOIN release_persons ON release_id = releases.id
      WHERE declaration_id = declarations.id AND category = 'sensitive')), 0)::int AS persons_sensitive
  FROM declarations WHERE year = $1 GROUP BY 1, 2, 3 ORDER BY 3, 1, 2 LIMIT $2`;
const TIME_TO_CLEAR = `
  SELECT finding->>'pathway' AS pathway, coalesce(facts->>'tx.destination', '') AS destination, count(*)::int AS released,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS p50, percentile_cont(0.9) WITHIN GROUP (ORDER BY days) AS p90,
    percentile_cont(0.99) WITHIN GROUP (ORDER BY days) AS p99
  FROM (SELECT finding, facts, (extract(epoch FROM released_at - coalesce(submitted_at, created_at)) / 86400)::float8 AS days
    FROM declarations WHERE year = $1 AND released_at IS NOT NULL) AS cleared
  GROUP BY 1, 2 ORDER BY 1, 2 LIMIT $2`;
const STATES = 'SELECT status, count(*)::int AS declarations FROM declarations WHERE year = $1 GROUP BY 1 ORDER BY 1';

/** Counts what went through customs in a calendar year of the mainland. */
@Injectable()
export class StatisticsQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async of(year: number): Promise<StatisticsDto> {
    return this.#database.withClient(async (client) => {
      const { rows: volumes } = await client.query<VolumeDto>(VOLUMES, [year, MAX_ROWS]);
      const { rows: timeToClear } = await client.query<ClearTimeDto>(TIME_TO_CLEAR, [year, MAX_ROWS]);
      const { rows: states } = await client.query<StatisticsDto['states'][number]>(STATES, [year]);
      return { year, volumes, time_to_clear: timeToClear.map(rounded), states };
    });
  }
}

/** Hundredths of a day are a quarter of an hour: finer says nothing. */
function rounded({ p50, p90, p99, ...row }: ClearTimeDto): ClearTimeDto {
  const round = (days: number): number => Math.round(days * 100) / 100;
  return { ...row, p50: round(p50), p90: round(p90), p99: round(p99) };
}
