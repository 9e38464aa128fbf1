import { Inject, Injectable } from '@nestjs/common';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { SignedInAccount } from '../session/session.repository.js';
import type { Persona } from '../identity/account.js';
import { ApiKeyRow } from './api-key.entity.js';
import type { ApiKey, ApiKeyScope } from './api-key.js';

/** A key with the account it acts for. */
export interface FoundApiKey {
  readonly key: ApiKey;
  readonly account: SignedInAccount;
}

interface FoundRecord extends ApiKeyRow {
  readonly email: string;
  readonly displayName: string;
  readonly personas: Persona[];
  readonly closed: boolean;
}

@Injectable()
export class ApiKeyRepository {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** On every request of a machine, so: one statement, by the unique hash. */
  async byHash(hash: Buffer): Promise<FoundApiKey | undefined> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<FoundRecord>(
        `SELECT k.id, k.hash, k.account_id AS "accountId", k.organisation_id AS "organisationId", k.name, k.prefix,
                k.last_four AS "lastFour", k.scopes, k.created_at AS "createdAt", k.expires_at AS "expiresAt",
                k.revoked_at AS "revokedAt", k.last_used_at AS "lastUsedAt", a.email, a.display_name AS "displayName",
                a.personas, (a.disabled_at IS NOT NULL OR o.organisation_id IS NOT NULL) AS closed
         FROM api_keys k JOIN accounts a ON a.id = k.account_id
         LEFT JOIN suspended_organisations o ON o.organisation_id = k.organisation_id
         WHERE k.hash = $1`,
        [hash],
      ),
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    const { email, displayName, personas, closed } = row;
    const account = { id: row.accountId, organisationId: row.organisationId, email, displayName, personas, closed };
    return { key: fromRow(row), account };
  }

  async recordUse(id: string, now: Date): Promise<void> {
    await this.#database.withClient((client) =>
      client.query('UPDATE api_keys SET last_used_at = greatest(last_used_at, $2) WHERE id = $1', [id, now]),
    );
  }

  /** Keys of an organisation after an id, oldest first. */
  async ofOrganisation(organisationId: string, afterId: string, limit: number): Promise<ApiKey[]> {
    const rows = await this.#database.dataSource.manager
      .getRepository(ApiKeyRow)
      .createQueryBuilder('k')
      .where('k.organisationId = :organisationId AND k.id > :afterId', { organisationId, afterId })
      .orderBy('k.id')
      .take(limit)
      .getMany();
    return rows.map(fromRow);
  }

  /** How many keys of the account are in force; locks the account, so that two requests cannot both be the last. */
  async countInForce(tx: Tx, accountId: string, now: Date): Promise<number> {
    await tx.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [accountId]);
    const rows = await tx.query<{ count: string }>(
      'SELECT count(*) AS count FROM api_keys WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > $2',
      [accountId, now],
    );
    return Number(rows[0]?.count ?? 0);
  }

  async insert(tx: Tx, key: ApiKey, hash: Buffer): Promise<void> {
    await tx.manager.insert(ApiKeyRow, { ...key, scopes: [...key.scopes], hash });
  }

  /** Writes a key of a demonstration, again and again to the same effect. */
  async put(tx: Tx, key: ApiKey, hash: Buffer): Promise<void> {
    await tx.manager.upsert(ApiKeyRow, { ...key, scopes: [...key.scopes], hash }, ['id']);
  }

  /** Returns the key after revoking it, or undefined when the organisation has none of that id. Repeating changes nothing. */
  async revoke(tx: Tx, organisationId: string, id: string, now: Date): Promise<ApiKey | undefined> {
    await tx.execute(
      `UPDATE api_keys SET revoked_at = $3 WHERE id = $1 AND organisation_id = $2 AND revoked_at IS NULL`,
      [id, organisationId, now],
    );
    const row = await tx.manager.findOneBy(ApiKeyRow, { id, organisationId });
    return row === null ? undefined : fromRow(row);
  }
}

function fromRow(row: ApiKeyRow): ApiKey {
  const { id, accountId, organisationId, name, prefix, lastFour, createdAt, expiresAt, revokedAt, lastUsedAt } = row;
  const scopes = row.scopes as ApiKeyScope[];
  return { id, accountId, organisationId, name, prefix, lastFour, scopes, createdAt, expiresAt, revokedAt, lastUsedAt };
}
