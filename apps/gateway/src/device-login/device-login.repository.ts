import { Inject, Injectable } from '@nestjs/common';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { apiKeyScopes } from '../api-key/api-key.js';
import type { Actor } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import type { DeviceDecision, DeviceRequest } from './device-login.js';

interface DeviceRow {
  readonly clientId: string;
  readonly scope: string | null;
  readonly askedAt: number;
  readonly address: string | null;
  readonly agent: string | null;
  readonly expired: boolean;
  readonly answered: boolean;
}

/** Whoever polls has been told by then, whatever was answered. */
const ANSWERED = `(consumed_at IS NOT NULL OR payload ? 'accountId' OR payload ? 'error')`;

/** Those we know, in our order; all of them where none was named (RFC 8628 3.1 leaves that to us). */
function scopesAsked(scope: string | null): readonly string[] {
  const named = scope?.split(' ');
  return apiKeyScopes.filter((known) => named?.includes(known) ?? true);
}

/** What the provider keeps of programmes that wait; it lives by the machine's clock. */
@Injectable()
export class DeviceLoginRepository {
  readonly #database: Database;
  readonly #audit: AuditTrail;

  constructor(@Inject(DATABASE) database: Database, audit: AuditTrail) {
    this.#database = database;
    this.#audit = audit;
  }

  /** The latest of that code; undefined where there is none, or it was swept away long after it expired. */
  async find(userCode: string): Promise<DeviceRequest | undefined> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<DeviceRow>(
        `SELECT payload->>'clientId' AS "clientId", payload->'params'->>'scope' AS scope,
                (payload->>'iat')::float8 AS "askedAt", payload->'deviceInfo'->>'address' AS address,
                payload->'deviceInfo'->>'agent' AS agent, expires_at <= now() AS expired, ${ANSWERED} AS answered
         FROM oidc_records WHERE kind = 'DeviceCode' AND user_code = $1 ORDER BY expires_at DESC LIMIT 1`,
        [userCode],
      ),
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const { scope, askedAt, address, agent, ...rest } = row;
    const about = { address: address ?? '', agent: agent ?? '', askedAt: new Date(askedAt * 1000) };
    return { ...rest, ...about, userCode, scopes: scopesAsked(scope) };
  }

  /**
   * Writes the answer where the provider will look for it; of two that come together one is first. `grantId` names what
   * the programme was granted. @returns whether the request still waited
   */
  async answer(tx: Tx, request: DeviceRequest, answer: Readonly<Record<string, string>>): Promise<boolean> {
    const changed = await tx.execute(
      `UPDATE oidc_records SET payload = payload || $2::jsonb, grant_id = $2::jsonb->>'grantId'
       WHERE kind = 'DeviceCode' AND user_code = $1 AND expires_at > now() AND NOT ${ANSWERED}`,
      [request.userCode, JSON.stringify(answer)],
    );
    return changed > 0;
  }

  note(tx: Tx, actor: Actor, request: DeviceRequest, decision: DeviceDecision): Promise<void> {
    const { clientId, scopes, address, agent } = request;
    return this.#audit.note(tx, {
      ...{ actor, organisationId: actor.organisationId, object: clientId },
      action: decision === 'approve' ? 'programme.admitted' : 'programme.refused',
      result: 'done',
      detail: { scopes, asked_from: address, agent },
    });
  }
}
