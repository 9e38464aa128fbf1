import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { CustomsDay } from '../calendar/customs-day.queries.js';
import type { Declaration } from '../declaration/declaration.js';
import { DECLARATION_COLUMNS } from '../declaration/declaration.queries.js';
import { openClocks } from '../reminder/reminder.js';
import { iCalendar, type DueDay } from './icalendar.js';

const MAX_DECLARATIONS = 1_000;
const DONE = ['decided_refused', 'expired', 'revoked'];

/** Whose clocks a feed shows. */
export interface FeedOf {
  readonly organisationId: string;
  /** The exchange's own feed shows everybody's. */
  readonly seesAll: boolean;
}

/** Writes the days on which open clocks are due as a calendar others can subscribe to. */
@Injectable()
export class FeedQueries {
  readonly #database: Database;
  readonly #day: CustomsDay;

  constructor(@Inject(DATABASE) database: Database, day: CustomsDay) {
    this.#database = database;
    this.#day = day;
  }

  /** Whose feed has this token; null for a token nobody has, or no longer. */
  async ownerOf(tokenSha256: string): Promise<FeedOf | null> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<FeedOf>(
        'SELECT organisation_id AS "organisationId", sees_all AS "seesAll" FROM calendar_feeds WHERE token_sha256 = $1',
        [tokenSha256],
      ),
    );
    return rows[0] ?? null;
  }

  /** The feed as text/calendar. */
  async calendarOf({ organisationId, seesAll }: FeedOf): Promise<string> {
    const { at, calendar } = await this.#day.today();
    const { rows } = await this.#database.withClient((client) =>
      client.query<Declaration>(
        `SELECT ${DECLARATION_COLUMNS} FROM declarations
         WHERE ($1 OR exporter_id = $2) AND NOT status = ANY ($3) AND clocks <> '[]'
         ORDER BY next_due NULLS LAST, id LIMIT $4`,
        [seesAll, organisationId, DONE, MAX_DECLARATIONS],
      ),
    );
    const days = rows.flatMap((declaration) =>
      openClocks(declaration, calendar).flatMap((clock) => dayOf(declaration, clock) ?? []),
    );
    return iCalendar(days, at.toISOString().replaceAll(/[-:]|\.\d{3}/g, ''));
  }
}

function dayOf(
  { id, form }: Declaration,
  { id: clock, text, due, by, rule }: ReturnType<typeof openClocks>[number],
): DueDay | null {
  if (due === null) return null;
  const opens = rule.direction === 'before' ? 'Opens: ' : '';
  return {
    uid: `${id}-${clock}@hetao`,
    date: due,
    summary: `${opens}${text.en} · ${form.title}`,
    description: `${text['zh-Hans']} / ${text['zh-Hant']} (${by}) ${id}`,
  };
}
