import { Inject, Injectable } from '@nestjs/common';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { Actor, AuditAct } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import { ReadMemory, type Recent } from '../database/read-memory.register.js';
import { COMMAND_LINE_CLIENT } from '../oidc/device-flow.provider.js';
import type { SignedInAccount } from '../session/session.repository.js';
import type { ApiClient } from './api-client.js';

/** An access token with the account it acts for: a client's, or the one that a person gave to the command line. */
export interface FoundToken {
  readonly client: Pick<ApiClient, 'id' | 'name' | 'revokedAt'>;
  readonly scopes: readonly string[];
  readonly account: SignedInAccount;
}

const COLUMNS = `id, account_id AS "accountId", organisation_id AS "organisationId", name, jwks->'keys' AS keys, scopes,
  created_at AS "createdAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

/**
 * Whether what the person granted still stands. A code that is redeemed twice at the same moment ends its grant, perhaps
 * before the token of the first is written down: then there is nothing to delete, and the token must not outlive it.
 */
const hasGrant = `EXISTS (SELECT FROM oidc_records g WHERE g.kind = 'Grant' AND g.id = t.grant_id)`;

type TokenRow = Omit<SignedInAccount, 'id'> & {
  readonly clientId: string;
  readonly name: string;
  readonly revokedAt: Date | null;
  readonly scope: string | null;
  readonly accountId: string;
};

@Injectable()
export class ApiClientRepository {
  readonly #database: Database;
  readonly #audit: AuditTrail;
  readonly #recent: Recent<FoundToken>;

  constructor(@Inject(DATABASE) database: Database, audit: AuditTrail, memory: ReadMemory) {
    this.#database = database;
    this.#audit = audit;
    this.#recent = memory.of((token) => this.#readToken(token));
  }

  /** How many are in force; whoever registers next waits until this is decided. */
  async countInForce(tx: Tx, organisationId: string): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`hetao.clients.${organisationId}`]);
    const [row] = await tx.query<{ count: string }>(
      'SELECT count(*) AS count FROM api_clients WHERE organisation_id = $1 AND revoked_at IS NULL',
      [organisationId],
    );
    return Number(row?.count ?? 0);
  }

  async insert(tx: Tx, client: ApiClient, actor: Actor): Promise<void> {
    const { id, accountId, organisationId, name, keys, scopes, createdAt } = client;
    await tx.execute(
      `INSERT INTO api_clients (id, account_id, organisation_id, name, jwks, scopes, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, accountId, organisationId, name, JSON.stringify({ keys }), scopes, createdAt],
    );
    await this.#note(tx, actor, 'client.registered', client);
  }

  async ofOrganisation(organisationId: string, afterId: string, limit: number): Promise<ApiClient[]> {
    const sql = `SELECT ${COLUMNS} FROM api_clients WHERE organisation_id = $1 AND id > $2 ORDER BY id LIMIT $3`;
    const { rows } = await this.#database.withClient((client) =>
      client.query<ApiClient>(sql, [organisationId, afterId, limit]),
    );
    return rows;
  }

  /** The client after it was revoked, with every token it has; undefined where there is none in force. */
  async revoke(tx: Tx, id: string, now: Date, actor: Actor): Promise<ApiClient | undefined> {
    const [client] = await tx.query<ApiClient>(
      `UPDATE api_clients SET revoked_at = $3 WHERE id = $1 AND organisation_id = $2 AND revoked_at IS NULL
       RETURNING ${COLUMNS}`,
      [id, actor.organisationId, now],
    );
    if (client === undefined) return undefined;
    await tx.execute(`DELETE FROM oidc_records WHERE kind = 'ClientCredentials' AND payload->>'clientId' = $1`, [id]);
    await this.#note(tx, actor, 'client.revoked', client);
    return client;
  }

  /** What an access token stands for, with the state of client and account of less than half a second ago. */
  byToken(token: string): Promise<FoundToken | undefined> {
    return this.#recent.read(token);
  }

  async #readToken(token: string): Promise<FoundToken | undefined> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<TokenRow>(
        `SELECT coalesce(c.id, a.id) AS "clientId", coalesce(c.name, t.payload->>'clientId') AS name,
                c.revoked_at AS "revokedAt", t.payload->>'scope' AS scope,
                a.id AS "accountId", a.organisation_id AS "organisationId", a.email, a.display_name AS "displayName",
                a.personas, a.roles, (a.disabled_at IS NOT NULL OR o.organisation_id IS NOT NULL) AS closed
         FROM oidc_records t
         LEFT JOIN api_clients c ON t.kind = 'ClientCredentials' AND c.id = t.payload->>'clientId'
         JOIN accounts a ON a.id = coalesce(c.account_id, t.payload->>'accountId')
         LEFT JOIN suspended_organisations o ON o.organisation_id = a.organisation_id
         WHERE t.id = $1 AND t.expires_at > now()
           AND (t.kind = 'ClientCredentials' OR t.kind = 'AccessToken' AND t.payload->>'clientId' = $2 AND ${hasGrant})`,
        [token, COMMAND_LINE_CLIENT],
      ),
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const { clientId: id, name, revokedAt, scope, accountId, ...account } = row;
    return { client: { id, name, revokedAt }, scopes: scope?.split(' ') ?? [], account: { ...account, id: accountId } };
  }

  #note(tx: Tx, actor: Actor, action: AuditAct['action'], client: ApiClient): Promise<void> {
    const { id: object, organisationId, name, scopes } = client;
    return this.#audit.note(tx, { actor, action, object, organisationId, result: 'done', detail: { name, scopes } });
  }
}
