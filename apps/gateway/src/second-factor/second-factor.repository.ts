import { Inject, Injectable } from '@nestjs/common';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE, SERVICE_CONFIG } from '@hetao/runtime';
import type { Actor, AuditAct } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import type { GatewayConfig } from '../gateway.config.js';
import { openText, sealText } from '../gateway.secrets.js';

/** An authenticator of an account. */
export interface SecondFactor {
  /** In base32; sealed in the database. */
  readonly secret: string;
  readonly confirmedAt: Date | null;
  /** The last time step a code was taken for: none before it is taken again. */
  readonly lastStep: number;
}

interface FactorRow {
  readonly sealed: string;
  readonly confirmedAt: Date | null;
  readonly lastStep: string;
}

const FACTOR = `SELECT secret_sealed AS sealed, confirmed_at AS "confirmedAt", last_step AS "lastStep"
  FROM second_factors WHERE account_id = $1`;

@Injectable()
export class SecondFactorRepository {
  readonly #database: Database;
  readonly #config: GatewayConfig;
  readonly #audit: AuditTrail;

  constructor(@Inject(DATABASE) database: Database, @Inject(SERVICE_CONFIG) config: GatewayConfig, audit: AuditTrail) {
    this.#database = database;
    this.#config = config;
    this.#audit = audit;
  }

  /** Whether signing in asks this account for more than a password, and how many recovery codes are left. */
  async standing(accountId: string): Promise<{ readonly since: Date; readonly codesLeft: number } | undefined> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ since: Date; codesLeft: number }>(
        `SELECT confirmed_at AS since, (SELECT count(*)::int FROM recovery_codes c
           WHERE c.account_id = f.account_id AND used_at IS NULL) AS "codesLeft"
         FROM second_factors f WHERE account_id = $1 AND confirmed_at IS NOT NULL`,
        [accountId],
      ),
    );
    return rows[0];
  }

  /** Held until the transaction ends, so that one code is taken once. */
  async lock(tx: Tx, accountId: string): Promise<SecondFactor | undefined> {
    const [row] = await tx.query<FactorRow>(`${FACTOR} FOR UPDATE`, [accountId]);
    if (row === undefined) return undefined;
    const secret = await openText('second-factors', this.#config.SESSION_SECRET, row.sealed);
    return { secret, confirmedAt: row.confirmedAt, lastStep: Number(row.lastStep) };
  }

  /** Begins anew; one that was never confirmed is forgotten. */
  async begin(tx: Tx, accountId: string, secret: string, now: Date): Promise<void> {
    const sealed = await sealText('second-factors', this.#config.SESSION_SECRET, secret);
    await tx.execute(
      `INSERT INTO second_factors (account_id, secret_sealed, created_at) VALUES ($1, $2, $3)
       ON CONFLICT (account_id) DO UPDATE SET secret_sealed = excluded.secret_sealed, created_at = excluded.created_at`,
      [accountId, sealed, now],
    );
  }

  async confirm(tx: Tx, accountId: string, codes: readonly Buffer[], now: Date): Promise<void> {
    await tx.execute('UPDATE second_factors SET confirmed_at = $2 WHERE account_id = $1', [accountId, now]);
    await tx.execute('INSERT INTO recovery_codes (account_id, hash) SELECT $1, unnest($2::bytea[])', [
      ...[accountId, codes],
    ]);
  }

  async take(tx: Tx, accountId: string, step: number): Promise<void> {
    await tx.execute('UPDATE second_factors SET last_step = $2 WHERE account_id = $1', [accountId, step]);
  }

  /** Whether there was such a code, unused until now. */
  async takeRecoveryCode(tx: Tx, accountId: string, hash: Buffer, now: Date): Promise<boolean> {
    const sql = 'UPDATE recovery_codes SET used_at = $3 WHERE account_id = $1 AND hash = $2 AND used_at IS NULL';
    return (await tx.execute(sql, [accountId, hash, now])) === 1;
  }

  async remove(tx: Tx, accountId: string): Promise<void> {
    await tx.execute('DELETE FROM second_factors WHERE account_id = $1', [accountId]);
  }

  note(tx: Tx, actor: Actor, action: AuditAct['action']): Promise<void> {
    const { organisationId } = actor;
    const object = actor.accountId ?? actor.subject;
    return this.#audit.note(tx, { actor, action, object, organisationId, result: 'done', detail: {} });
  }
}
