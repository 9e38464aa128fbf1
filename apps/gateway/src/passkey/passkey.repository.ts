import { Inject, Injectable } from '@nestjs/common';
import { newId, type Clock } from '@hetao/kernel';
import type { Database, Tx } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import type { Actor, AuditAct } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import {
  challengeLifeMs,
  type ChallengePurpose,
  type NewPasskey,
  type Passkey,
  type TakenChallenge,
} from './passkey.js';

const COLUMNS = `id, account_id AS "accountId", organisation_id AS "organisationId", credential_id AS "credentialId",
  public_key AS "publicKey", counter::float8 AS counter, transports, name, backed_up AS "backedUp",
  created_at AS "createdAt", last_used_at AS "lastUsedAt"`;

@Injectable()
export class PasskeyRepository {
  readonly #database: Database;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;

  constructor(@Inject(DATABASE) database: Database, audit: AuditTrail, @Inject(CLOCK) clock: Clock) {
    this.#database = database;
    this.#audit = audit;
    this.#clock = clock;
  }

  /** Those of an account, the oldest first. */
  async ofAccount(accountId: string): Promise<Passkey[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Passkey>(`SELECT ${COLUMNS} FROM passkeys WHERE account_id = $1 ORDER BY id`, [accountId]),
    );
    return rows;
  }

  /** How many an account has; whoever registers next waits until this is decided. */
  async count(tx: Tx, accountId: string): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`hetao.passkeys.${accountId}`]);
    const sql = 'SELECT count(*)::int AS count FROM passkeys WHERE account_id = $1';
    const [row] = await tx.query<{ count: number }>(sql, [accountId]);
    return row?.count ?? 0;
  }

  /**
   * By the name the device gave it, of an account that may be used; held until the transaction ends, so that of two
   * answers one counts first.
   */
  async lock(tx: Tx, credentialId: string): Promise<Passkey | undefined> {
    const [row] = await tx.query<Passkey>(
      `SELECT ${COLUMNS} FROM passkeys WHERE credential_id = $1
         AND EXISTS (SELECT FROM accounts a WHERE a.id = account_id AND a.disabled_at IS NULL) FOR UPDATE`,
      [credentialId],
    );
    return row;
  }

  /** @returns undefined where it is not new: a credential belongs to one account for good */
  async insert(tx: Tx, made: NewPasskey): Promise<Passkey | undefined> {
    const passkey: Passkey = { ...made, id: newId('pky'), createdAt: this.#clock.now(), lastUsedAt: null };
    const { id, accountId, organisationId, credentialId, publicKey, counter } = passkey;
    const { transports, name, backedUp, createdAt } = passkey;
    const inserted = await tx.execute(
      `INSERT INTO passkeys (id, account_id, organisation_id, credential_id, public_key, counter, transports, name,
         backed_up, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (credential_id) DO NOTHING`,
      [
        ...[id, accountId, organisationId, credentialId, Buffer.from(publicKey), counter],
        ...[transports, name, backedUp, createdAt],
      ],
    );
    return inserted === 1 ? passkey : undefined;
  }

  async use(tx: Tx, { id }: Passkey, { counter, backedUp }: Pick<Passkey, 'counter' | 'backedUp'>): Promise<void> {
    await tx.execute('UPDATE passkeys SET counter = $2, backed_up = $3, last_used_at = $4 WHERE id = $1', [
      ...[id, counter, backedUp, this.#clock.now()],
    ]);
  }

  /** The passkey that went; undefined where the account has none of that id. */
  async remove(tx: Tx, accountId: string, id: string): Promise<Passkey | undefined> {
    const sql = `DELETE FROM passkeys WHERE account_id = $1 AND id = $2 RETURNING ${COLUMNS}`;
    const [row] = await tx.query<Passkey>(sql, [accountId, id]);
    return row;
  }

  /** One is open for each purpose: the next takes its place, so that nobody piles them up. */
  async openChallenge(tx: Tx, purpose: ChallengePurpose, challenge: string): Promise<void> {
    await tx.execute(
      `INSERT INTO passkey_challenges (purpose, challenge, expires_at) VALUES ($1, $2, $3)
       ON CONFLICT (purpose) DO UPDATE SET challenge = excluded.challenge, expires_at = excluded.expires_at`,
      [purpose, challenge, new Date(this.#clock.now().getTime() + challengeLifeMs)],
    );
  }

  /** Takes it away, so that it is answered once. */
  async takeChallenge(tx: Tx, purpose: ChallengePurpose): Promise<TakenChallenge | undefined> {
    const [row] = await tx.query<TakenChallenge>(
      'DELETE FROM passkey_challenges WHERE purpose = $1 RETURNING challenge, expires_at <= $2 AS over',
      [purpose, this.#clock.now()],
    );
    return row;
  }

  note(tx: Tx, actor: Actor, passkey: Passkey, act: Pick<AuditAct, 'action' | 'result'>): Promise<void> {
    const { id: object, organisationId, name } = passkey;
    return this.#audit.note(tx, { ...act, actor, object, organisationId, detail: { name } });
  }
}
