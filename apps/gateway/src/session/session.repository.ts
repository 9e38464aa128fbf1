import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import type { Persona } from '../identity/account.js';

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
  readonly closed: boolean;
}

/** 256 random bits, as the cookie carries them. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

@Injectable()
export class SessionRepository {
  readonly #database: Database;
  readonly #demo: boolean;

  constructor(@Inject(DATABASE) database: Database, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#database = database;
    this.#demo = config.DEMO;
  }

  /** Starts a session; the token is returned once, for the cookie. */
  async start(tx: Tx, accountId: string, now: Date, idToken: string | null): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await tx.execute(
      'INSERT INTO sessions (hash, account_id, created_at, last_seen_at, id_token) VALUES ($1, $2, $3, $3, $4)',
      [hashOf(token), accountId, now, idToken],
    );
    return token;
  }

  /** The session of a cookie, with today's state of the account: a role taken away is gone with the next request. */
  async find(token: string): Promise<FoundSession | undefined> {
    if (!TOKEN.test(token)) return undefined;
    const rows = await this.#database.withClient((client) =>
      client.query<SessionRecord>(
        `SELECT s.hash, s.created_at, s.last_seen_at, s.id_token, a.id AS account_id, a.organisation_id, a.email,
                a.display_name, a.personas, (a.disabled_at IS NOT NULL OR o.organisation_id IS NOT NULL) AS closed
         FROM sessions s JOIN accounts a ON a.id = s.account_id
         LEFT JOIN suspended_organisations o ON o.organisation_id = a.organisation_id
         WHERE s.hash = $1 AND (NOT a.demo OR $2)`,
        [hashOf(token), this.#demo],
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
  }

  async end(tx: Tx, hash: Buffer): Promise<void> {
    await tx.execute('DELETE FROM sessions WHERE hash = $1', [hash]);
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
      closed: row.closed,
    },
  };
}
