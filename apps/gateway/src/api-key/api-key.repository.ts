import { Inject, Injectable } from '@nestjs/common';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { Actor, AuditAct } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import { ReadMemory, type Recent } from '../database/read-memory.register.js';
import type { SignedInAccount } from '../session/session.repository.js';
import type { Persona } from '../identity/account.js';
import type { MemberRole } from '../identity/member-role.js';
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
  readonly roles: MemberRole[];
  readonly closed: boolean;
}

@Injectable()
export class ApiKeyRepository {
  readonly #database: Database;
  readonly #audit: AuditTrail;
  readonly #recent: Recent<FoundApiKey>;

  constructor(@Inject(DATABASE) database: Database, audit: AuditTrail, memory: ReadMemory) {
    this.#database = database;
    this.#audit = audit;
    this.#recent = memory.of((hash) => this.#read(Buffer.from(hash, 'base64')));
  }

  /** For every request of a machine: less than half a second old, see {@link ReadMemory}. */
  byHash(hash: Buffer): Promise<FoundApiKey | undefined> {
    return this.#recent.read(hash.toString('base64'));
  }

  async #read(hash: Buffer): Promise<FoundApiKey | undefined> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<FoundRecord>(
        `SELECT k.id, k.hash, k.account_id AS "accountId", k.organisation_id AS "organisationId", k.name, k.prefix,
                k.last_four AS "lastFour", k.scopes, k.created_at AS "createdAt", k.expires_at AS "expiresAt",
                k.revoked_at AS "revokedAt", k.last_used_at AS "lastUsedAt", a.email, a.display_name AS "displayName",
                a.personas, a.roles, k.addresses, k.rolled_into AS "rolledInto",
                (a.disabled_at IS NOT NULL OR o.organisation_id IS NOT NULL) AS closed
         FROM api_keys k JOIN accounts a ON a.id = k.account_id
         LEFT JOIN suspended_organisations o ON o.organisation_id = k.organisation_id
         WHERE k.hash = $1`,
        [hash],
      ),
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    const { accountId: id, organisationId, email, displayName, personas, roles, closed } = row;
    const account = { id, organisationId, email, displayName, personas, roles, closed };
    return { key: fromRow(row), account };
  }

  async recordUse(hash: Buffer, now: Date): Promise<void> {
    await this.#database.withClient((client) =>
      client.query('UPDATE api_keys SET last_used_at = greatest(last_used_at, $2) WHERE hash = $1', [hash, now]),
    );
    this.forget(hash);
  }

  /** The next request reads the key anew. */
  forget(hash: Buffer): void {
    this.#recent.drop(hash.toString('base64'));
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
    await tx.manager.insert(ApiKeyRow, { ...toRow(key), hash });
  }

  /** Writes a key of a demonstration, again and again to the same effect. */
  async put(tx: Tx, key: ApiKey, hash: Buffer): Promise<void> {
    await tx.manager.upsert(ApiKeyRow, { ...toRow(key), hash }, ['id']);
  }

  /** What was done to a key, for the audit. */
  note(tx: Tx, actor: Actor, action: AuditAct['action'], { id, organisationId, name, scopes }: ApiKey): Promise<void> {
    const about = { object: id, organisationId, result: 'done', detail: { name, scopes } } as const;
    return this.#audit.note(tx, { actor, action, ...about });
  }

  /** A key of an organisation, held until the transaction ends. */
  async lock(tx: Tx, organisationId: string, id: string): Promise<ApiKey | undefined> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await tx.manager.findOne(ApiKeyRow, { where: { id, organisationId }, lock });
    return row === null ? undefined : fromRow(row);
  }

  /** The key goes on until then, beside the one that takes its place. */
  async roll(tx: Tx, id: string, into: string, until: Date): Promise<void> {
    await tx.execute('UPDATE api_keys SET rolled_into = $2, expires_at = least(expires_at, $3) WHERE id = $1', [
      ...[id, into, until],
    ]);
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

function toRow(key: ApiKey): Omit<ApiKeyRow, 'hash'> {
  return { ...key, scopes: [...key.scopes], addresses: [...key.addresses] };
}

function fromRow(row: ApiKeyRow): ApiKey {
  const { id, accountId, organisationId, name, prefix, lastFour, addresses, rolledInto } = row;
  const { createdAt, expiresAt, revokedAt, lastUsedAt } = row;
  const scopes = row.scopes as ApiKeyScope[];
  const about = { id, accountId, organisationId, name, prefix, lastFour, scopes, addresses, rolledInto };
  return { ...about, createdAt, expiresAt, revokedAt, lastUsedAt };
}
