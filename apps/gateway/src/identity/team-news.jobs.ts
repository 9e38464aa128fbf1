import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '@hetao/persistence';
import { DATABASE, Jobs, LOGGER } from '@hetao/runtime';
import { ServiceClient, systemOperator } from '../routing/service.client.js';

const EVERY_MS = 1_000;
const MOST_AT_ONCE = 50;

interface DueMember {
  readonly id: string;
  readonly organisationId: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly closed: boolean;
  readonly dueAt: Date;
}

/** An owner first, since a team needs one before it takes anybody else; whoever leaves goes last. */
const DUE = `SELECT id, organisation_id AS "organisationId", display_name AS "displayName", roles,
    disabled_at IS NOT NULL AS closed, team_due_at AS "dueAt"
  FROM accounts WHERE team_due_at IS NOT NULL
  ORDER BY team_due_at, organisation_id, closed, 'owner' = ANY (roles) DESC, id LIMIT $1`;
const TOLD = 'UPDATE accounts SET team_due_at = NULL WHERE id = $1 AND team_due_at = $2';

/**
 * Tells the catalog what members do for their organisations, so that its teams are the members here. What could not be
 * told is told again: setting a role twice changes nothing.
 */
@Injectable()
export class TeamNews {
  readonly #database: Database;
  readonly #services: ServiceClient;
  readonly #logger: Logger;

  constructor(
    jobs: Jobs,
    @Inject(DATABASE) database: Database,
    services: ServiceClient,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#database = database;
    this.#services = services;
    this.#logger = logger;
    jobs.every({ name: 'gateway: team news', intervalMs: EVERY_MS, alone: true, work: () => this.execute() });
  }

  /** One round. */
  async execute(): Promise<void> {
    const due = await this.#database.withClient((client) => client.query<DueMember>(DUE, [MOST_AT_ONCE]));
    for (const member of due.rows) {
      const status = await this.#tell(member);
      // 404 and 409 are the catalog's last word: nobody of that name, or nobody who may go.
      if (status === undefined || status >= 500) return;
      if (status >= 400) this.#logger.warn({ account: member.id, status }, 'The catalog did not take a member');
      await this.#database.withClient((client) => client.query(TOLD, [member.id, member.dueAt]));
    }
  }

  async #tell({ id, organisationId, displayName, roles, closed }: DueMember): Promise<number | undefined> {
    const path = `/v1/participants/${encodeURIComponent(organisationId)}/team/${encodeURIComponent(id)}`;
    const answer = closed
      ? await this.#services.delete('catalog', path, systemOperator)
      : await this.#services.put('catalog', path, { display_name: displayName, roles }, systemOperator);
    return answer.ok ? answer.value.status : undefined;
  }
}
