import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { Grant } from './delivery.js';
import type { Endpoint } from './endpoint.js';

/** What became of one call. */
export type CallState = 'begun' | 'delivered' | 'refused' | 'failed' | 'stopped' | 'interrupted';

/** A call as it is written down before anything is passed on. */
export interface BegunCall {
  readonly id: string;
  readonly grant: Grant;
  readonly purpose: string;
  readonly method: string;
  readonly path: string;
  readonly at: Date;
}

const GRANTS = `SELECT agreement_id AS "agreementId", product_id AS "productId", merchant_id AS "merchantId",
  buyer_id AS "buyerId", meters, purposes, valid_from AS "validFrom", valid_until AS "validUntil",
  revoked_at AS "revokedAt", suspended_at AS "suspendedAt", exhausted_meter AS "exhaustedMeter" FROM delivery_grants WHERE agreement_id = ANY($1)`;
const ENDPOINT = `SELECT product_id AS "productId", merchant_id AS "merchantId", url, secret_header AS "secretHeader",
  secret_sealed AS "secretSealed", updated_at AS "updatedAt" FROM delivery_endpoints WHERE product_id = $1`;

/** SQL: the call was delivered, wholly or in part, and metering has not been told. */
export const callAwaitsReport = "(state IN ('delivered', 'stopped') AND reported_at IS NULL)";

/** Reads what deliveries go by, and writes every call down. */
@Injectable()
export class DeliveryRepository {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  grants(agreementIds: readonly string[]): Promise<Grant[]> {
    return this.#rows<Grant>(GRANTS, [agreementIds]);
  }

  async endpoint(productId: string): Promise<(Endpoint & { readonly secretSealed: string | null }) | undefined> {
    const [found] = await this.#rows<Endpoint & { secretSealed: string | null }>(ENDPOINT, [productId]);
    return found;
  }

  /** Written before anything is passed on: a call nobody knows of never reaches a merchant. */
  async begin({ id, grant, purpose, method, path, at }: BegunCall): Promise<void> {
    await this.#rows(
      `INSERT INTO delivery_calls (id, agreement_id, product_id, merchant_id, buyer_id, meters, purpose, method, path,
         state, begun_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'begun', $10)`,
      [
        id,
        grant.agreementId,
        grant.productId,
        grant.merchantId,
        grant.buyerId,
        grant.meters,
        purpose,
        method,
        path,
        at,
      ],
    );
  }

  async refuse(
    call: Omit<BegunCall, 'purpose'>,
    refusal: { readonly buyerId: string; readonly code: string; readonly detail: string },
  ): Promise<void> {
    await this.#rows(
      `INSERT INTO delivery_calls (id, agreement_id, product_id, merchant_id, buyer_id, meters, method, path, state,
         code, detail, begun_at, ended_at) VALUES ($1, $2, $3, $4, $5, '{}', $6, $7, 'refused', $8, $9, $10, $10)`,
      [
        ...[call.id, call.grant.agreementId, call.grant.productId, call.grant.merchantId],
        ...[refusal.buyerId, call.method, call.path, refusal.code, refusal.detail, call.at],
      ],
    );
  }

  async end(
    id: string,
    end: {
      readonly state: CallState;
      readonly status: number | null;
      readonly bytesOut: number;
      readonly code: string | null;
      readonly at: Date;
    },
  ): Promise<void> {
    await this.#rows(
      `UPDATE delivery_calls SET state = $2, upstream_status = $3, bytes_out = $4, code = $5, ended_at = $6
       WHERE id = $1 AND state = 'begun'`,
      [id, end.state, end.status, end.bytesOut, end.code, end.at],
    );
  }

  /** Calls of a process that died while it passed them on: nobody knows what arrived, so nothing is charged. */
  async closeLost(): Promise<void> {
    await this.#rows(
      `UPDATE delivery_calls SET state = 'interrupted', code = 'DELIVERY_INTERRUPTED', ended_at = now()
       WHERE state = 'begun' AND begun_at < now() - interval '1 hour'`,
      [],
    );
  }

  async #rows<R extends object>(sql: string, params: unknown[]): Promise<R[]> {
    const { rows } = await this.#database.withClient((client) => client.query<R>(sql, params));
    return rows;
  }
}
