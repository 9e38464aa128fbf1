import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { AuditAct } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import type { Invitation } from './invitation.js';

const COLUMNS = `id, organisation_id AS "organisationId", email, personas, roles, invited_by AS "invitedBy",
  created_at AS "createdAt", expires_at AS "expiresAt", accepted_at AS "acceptedAt", revoked_at AS "revokedAt"`;

/** Keeps invitations; of the link only a hash. */
@Injectable()
export class InvitationRepository {
  readonly #database: Database;
  readonly #audit: AuditTrail;

  constructor(@Inject(DATABASE) database: Database, audit: AuditTrail) {
    this.#database = database;
    this.#audit = audit;
  }

  async insert(tx: Tx, invitation: Invitation, token: string): Promise<void> {
    const { id, organisationId, email, personas, roles, invitedBy, createdAt, expiresAt } = invitation;
    await tx.execute(
      `INSERT INTO invitations (id, hash, organisation_id, email, personas, roles, invited_by, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, hashOf(token), organisationId, email, personas, roles, invitedBy, createdAt, expiresAt],
    );
  }

  /** By the token of its link; with a transaction, held until that ends. */
  async byToken(token: string, tx?: Tx): Promise<Invitation | undefined> {
    const sql = `SELECT ${COLUMNS} FROM invitations WHERE hash = $1`;
    if (tx !== undefined) return (await tx.query<Invitation>(`${sql} FOR UPDATE`, [hashOf(token)]))[0];
    const { rows } = await this.#database.withClient((client) => client.query<Invitation>(sql, [hashOf(token)]));
    return rows[0];
  }

  async ofOrganisation(organisationId: string, afterId: string, limit: number): Promise<Invitation[]> {
    const sql = `SELECT ${COLUMNS} FROM invitations WHERE organisation_id = $1 AND id > $2 ORDER BY id LIMIT $3`;
    const { rows } = await this.#database.withClient((client) =>
      client.query<Invitation>(sql, [organisationId, afterId, limit]),
    );
    return rows;
  }

  /** How many are open: whoever asks next waits until this is decided. */
  async countOpen(tx: Tx, organisationId: string, now: Date): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`hetao.invitations.${organisationId}`]);
    const [row] = await tx.query<{ open: string }>(
      `SELECT count(*) AS open FROM invitations WHERE organisation_id = $1 AND accepted_at IS NULL
         AND revoked_at IS NULL AND expires_at > $2`,
      [organisationId, now],
    );
    return Number(row?.open ?? 0);
  }

  /** The invitation is spent; `act` is what the audit keeps of it. */
  async accept(tx: Tx, id: string, now: Date, act: AuditAct): Promise<void> {
    await tx.execute('UPDATE invitations SET accepted_at = $2 WHERE id = $1', [id, now]);
    await this.#audit.note(tx, act);
  }

  /** The invitation after it was revoked; undefined where there is no open one of this id. */
  async revoke(tx: Tx, organisationId: string, id: string, now: Date): Promise<Invitation | undefined> {
    const [row] = await tx.query<Invitation>(
      `UPDATE invitations SET revoked_at = $3 WHERE id = $1 AND organisation_id = $2 AND accepted_at IS NULL
         AND revoked_at IS NULL RETURNING ${COLUMNS}`,
      [id, organisationId, now],
    );
    return row;
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
