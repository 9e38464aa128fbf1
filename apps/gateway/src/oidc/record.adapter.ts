import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import type { Database } from '@hetao/persistence';

/** Kinds of records that die with the grant they belong to. */
const BY_GRANT: ReadonlySet<string> = new Set([
  'AccessToken',
  'AuthorizationCode',
  'RefreshToken',
  'DeviceCode',
  'BackchannelAuthenticationRequest',
]);

/** A programme that asks late is told that its code is over (RFC 8628 3.5), for which the provider has to see it. */
const SEEN_EXPIRED: ReadonlySet<string> = new Set(['DeviceCode']);

interface RecordRow {
  readonly payload: AdapterPayload;
  readonly consumed: number | null;
}

/**
 * Keeps what the OpenID provider remembers (sessions, interactions, grants, codes) in PostgreSQL, so that any instance
 * can answer the next request and a restart signs nobody out. One per kind of record.
 *
 * The provider checks expiry by itself as well; here an expired record is no record even before it is swept away.
 */
export class PostgresAdapter implements Adapter {
  readonly #kind: string;
  readonly #database: Database;

  constructor(kind: string, database: Database) {
    this.#kind = kind;
    this.#database = database;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    await this.#query(
      `INSERT INTO oidc_records (kind, id, payload, grant_id, uid, user_code, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))
       ON CONFLICT (kind, id) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
         uid = excluded.uid, user_code = excluded.user_code, expires_at = excluded.expires_at`,
      [
        this.#kind,
        id,
        JSON.stringify(payload),
        BY_GRANT.has(this.#kind) ? (payload.grantId ?? null) : null,
        payload.uid ?? null,
        payload.userCode ?? null,
        expiresIn ?? null,
      ],
    );
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.#one('id = $2', id);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#one('uid = $2', uid);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#one('user_code = $2', userCode);
  }

  /** Exactly one of two requests that redeem the same code at the same moment gets past this. */
  async consume(id: string): Promise<void> {
    const rows = await this.#query(
      `UPDATE oidc_records SET consumed_at = now() WHERE kind = $1 AND id = $2 AND consumed_at IS NULL
       RETURNING payload, NULL AS consumed`,
      [this.#kind, id],
    );
    if (rows.length === 0) throw new errors.InvalidGrant('it was used already');
  }

  async destroy(id: string): Promise<void> {
    await this.#query('DELETE FROM oidc_records WHERE kind = $1 AND id = $2', [this.#kind, id]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#query('DELETE FROM oidc_records WHERE kind = $1 AND grant_id = $2', [this.#kind, grantId]);
  }

  async #one(condition: string, value: string): Promise<AdapterPayload | undefined> {
    const rows = await this.#query(
      `SELECT payload, floor(extract(epoch FROM consumed_at))::float8 AS consumed FROM oidc_records
       WHERE kind = $1 AND ${condition} AND (expires_at IS NULL OR expires_at > now() OR $3)`,
      [this.#kind, value, SEEN_EXPIRED.has(this.#kind)],
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    return row.consumed === null ? row.payload : { ...row.payload, consumed: row.consumed };
  }

  async #query(sql: string, values: unknown[]): Promise<RecordRow[]> {
    return this.#database.withClient(async (client) => (await client.query<RecordRow>(sql, values)).rows);
  }
}
