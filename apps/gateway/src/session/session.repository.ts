import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@hetao/kernel';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE, SERVICE_CONFIG } from '@hetao/runtime';
import type { Actor } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import { ReadMemory, type Recent } from '../database/read-memory.register.js';
import type { GatewayConfig } from '../gateway.config.js';
import type { Persona } from '../identity/account.js';
import type { MemberRole } from '../identity/member-role.js';
import type { SessionOrigin } from './session.js';

/** A session and the account it belongs to, as one read finds them on every request. */
export interface FoundSession {
  /** SHA-256 of the token in the cookie: the token itself is kept nowhere. */
  readonly hash: Buffer;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** What an identity provider outside wants to see again at sign-out. */
  readonly idToken: string | null;
  readonly account: SignedInAccount;
}

/** What a request needs to know of an account. */
export interface SignedInAccount {
  readonly id: string;
  readonly organisationId: string;
  readonly email: string;
  readonly displayName: string;
  readonly personas: readonly Persona[];
  readonly roles: readonly MemberRole[];
  /** The account is disabled or its organisation suspended. */
  readonly closed: boolean;
}

interface SessionRecord {
  readonly hash: Buffer;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly id_token: string | null;
  readonly account_id: string;
  readonly organisation_id: string;
  readonly email: string;
  readonly display_name: string;
  readonly personas: Persona[];
  readonly roles: MemberRole[];
  readonly closed: boolean;
}

interface NewSession {
  readonly accountId: string;
  readonly at: Date;
  readonly idToken: string | null;
  readonly origin: SessionOrigin;
}

/** A session in the list of its owner. */
export interface SessionRow {
  readonly id: string;
  readonly hash: Buffer;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly device: string;
  readonly address: string;
}

const LIST = `SELECT id, hash, created_at AS "createdAt", last_seen_at AS "lastSeenAt", device, address FROM sessions
  WHERE account_id = $1 ORDER BY last_seen_at DESC, id LIMIT $2`;
/** More than anybody looks at. */
const MOST = 200;

/** 256 random bits, as the cookie carries them. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

@Injectable()
export class SessionRepository {
  readonly #database: Database;
  readonly #demo: boolean;
  readonly #audit: AuditTrail;
  readonly #recent: Recent<FoundSession>;

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    audit: AuditTrail,
    memory: ReadMemory,
  ) {
    this.#audit = audit;
    this.#recent = memory.of((hash) => this.#read(Buffer.from(hash, 'base64')));
    this.#database = database;
    this.#demo = config.DEMO;
  }

  /** Starts a session; the token is returned once, for the cookie. */
  async start(tx: Tx, { accountId, at, idToken, origin }: NewSession): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const id = newId('ses');
    const [account] = await tx.query<{ organisationId: string }>(
      `INSERT INTO sessions (hash, id, account_id, created_at, last_seen_at, id_token, device, address)
       VALUES ($1, $2, $3, $4, $4, $5, $6, $7)
       RETURNING (SELECT organisation_id FROM accounts WHERE id = $3) AS "organisationId"`,
      [hashOf(token), id, accountId, at, idToken, origin.device, origin.address],
    );
    const organisationId = account?.organisationId ?? '';
    const actor = { subject: accountId, accountId, organisationId, via: 'session' };
    await this.#audit.note(tx, {
      actor: { ...actor, requestId: origin.requestId, address: origin.address },
      ...{ action: 'session.started', object: id, organisationId, result: 'done' },
      detail: { device: origin.device },
    });
    return token;
  }

  /** The live sessions of an account, the last used first. */
  async ofAccount(accountId: string): Promise<SessionRow[]> {
    const { rows } = await this.#database.withClient((client) => client.query<SessionRow>(LIST, [accountId, MOST]));
    return rows;
  }

  /** Ends sessions of an account by id; returns how many there were. */
  async endByIds(tx: Tx, ids: readonly string[], actor: Actor): Promise<number> {
    const ended = await tx.query<{ id: string }>(
      'DELETE FROM sessions WHERE account_id = $1 AND id = ANY ($2) RETURNING id',
      [actor.accountId, ids],
    );
    for (const { id: object } of ended) {
      const { organisationId } = actor;
      const act = { actor, action: 'session.ended', object, organisationId, result: 'done', detail: {} } as const;
      await this.#audit.note(tx, act);
    }
    return ended.length;
  }

  /**
   * The session of a cookie, with the state of the account of less than half a second ago; a role taken away in this
   * process is gone with the next request, see {@link ReadMemory}.
   */
  find(token: string): Promise<FoundSession | undefined> {
    return TOKEN.test(token) ? this.#recent.read(hashOf(token).toString('base64')) : Promise.resolve(undefined);
  }

  async #read(hash: Buffer): Promise<FoundSession | undefined> {
    const rows = await this.#database.withClient((client) =>
      client.query<SessionRecord>(
        `SELECT s.hash, s.created_at, s.last_seen_at, s.id_token, a.id AS account_id, a.organisation_id, a.email,
                a.display_name, a.personas, a.roles, (a.disabled_at IS NOT NULL OR o.organisation_id IS NOT NULL) AS closed
         FROM sessions s JOIN accounts a ON a.id = s.account_id
         LEFT JOIN suspended_organisations o ON o.organisation_id = a.organisation_id
         WHERE s.hash = $1 AND (NOT a.demo OR $2)`,
        [hash, this.#demo],
      ),
    );
    const row = rows.rows[0];
    return row && fromRecord(row);
  }

  /** Notes that somebody is still there. */
  async touch(hash: Buffer, now: Date): Promise<void> {
    await this.#database.withClient((client) =>
      client.query('UPDATE sessions SET last_seen_at = greatest(last_seen_at, $2) WHERE hash = $1', [hash, now]),
    );
    this.#recent.drop(hash.toString('base64'));
  }

  async end(tx: Tx, hash: Buffer): Promise<void> {
    const [ended] = await tx.query<{ id: string; accountId: string; organisationId: string }>(
      `DELETE FROM sessions WHERE hash = $1 RETURNING id, account_id AS "accountId",
         (SELECT organisation_id FROM accounts WHERE id = account_id) AS "organisationId"`,
      [hash],
    );
    if (ended === undefined) return;
    const { id: object, accountId, organisationId } = ended;
    const actor = { subject: accountId, accountId, organisationId, via: 'session', requestId: null, address: null };
    await this.#audit.note(tx, { actor, action: 'session.ended', object, organisationId, result: 'done', detail: {} });
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

function fromRecord(row: SessionRecord): FoundSession {
  return {
    hash: row.hash,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    idToken: row.id_token,
    account: {
      id: row.account_id,
      organisationId: row.organisation_id,
      email: row.email,
      displayName: row.display_name,
      personas: row.personas,
      roles: row.roles,
      closed: row.closed,
    },
  };
}
