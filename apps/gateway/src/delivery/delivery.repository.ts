import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { WriteTogether } from '../database/write-together.js';
import { ReadMemory, type Recent } from '../database/read-memory.register.js';
import type { Grant } from './delivery.js';
import type { Endpoint } from './endpoint.js';

/** What became of one call. */
export type CallState = 'begun' | 'delivered' | 'refused' | 'failed' | 'stopped' | 'interrupted';

/** How a call ended. */
export interface CallEnd {
  readonly state: CallState;
  readonly status: number | null;
  readonly bytesOut: number;
  readonly code: string | null;
  /** What was wrong, in words for the buyer. */
  readonly detail?: string;
  readonly at: Date;
}

/** A call as it is written down before anything is passed on. */
export interface BegunCall {
  readonly id: string;
  readonly grant: Grant;
  readonly purpose: string;
  readonly method: string;
  readonly path: string;
  readonly at: Date;
}

/** An address with its secret as it lies in the database. */
export type SealedEndpoint = Endpoint & { readonly secretSealed: string | null };

const GRANTS = `SELECT agreement_id AS "agreementId", product_id AS "productId", merchant_id AS "merchantId",
  buyer_id AS "buyerId", meters, purposes, valid_from AS "validFrom", valid_until AS "validUntil",
  revoked_at AS "revokedAt", suspended_at AS "suspendedAt", exhausted_meter AS "exhaustedMeter" FROM delivery_grants WHERE agreement_id = ANY($1)`;
const ENDPOINT = `SELECT product_id AS "productId", merchant_id AS "merchantId", url, secret_header AS "secretHeader",
  secret_sealed AS "secretSealed", updated_at AS "updatedAt" FROM delivery_endpoints WHERE product_id = $1`;

const BEGIN = `INSERT INTO delivery_calls (id, agreement_id, product_id, merchant_id, buyer_id, meters, purpose, method,
    path, state, begun_at)
  SELECT id, "agreementId", "productId", "merchantId", "buyerId", meters, purpose, method, path, 'begun', at
  FROM jsonb_to_recordset($1) AS call (id text, "agreementId" text, "productId" text, "merchantId" text, "buyerId" text,
    meters text[], purpose text, method text, path text, at timestamptz)`;
const END = `UPDATE delivery_calls c SET state = e.state, upstream_status = e.status, bytes_out = e."bytesOut",
    code = e.code, detail = e.detail, ended_at = e.at
  FROM jsonb_to_recordset($1) AS e (id text, state text, status integer, "bytesOut" bigint, code text, detail text,
    at timestamptz)
  WHERE c.id = e.id AND c.state = 'begun'`;

/** SQL: the call was delivered, wholly or in part, and metering has not been told. */
export const callAwaitsReport = "(state IN ('delivered', 'stopped') AND reported_at IS NULL)";

/** Reads what deliveries go by, and writes every call down. */
@Injectable()
export class DeliveryRepository {
  readonly #database: Database;
  readonly #endpoints: Recent<SealedEndpoint>;
  readonly #begun = new WriteTogether<BegunCall>(async (calls) => {
    await this.#rows(BEGIN, [JSON.stringify(calls.map(({ grant, ...call }) => ({ ...grant, ...call })))]);
  });
  readonly #ended = new WriteTogether<CallEnd & { readonly id: string }>(async (ends) => {
    await this.#rows(END, [JSON.stringify(ends)]);
  });

  constructor(@Inject(DATABASE) database: Database, memory: ReadMemory) {
    this.#database = database;
    this.#endpoints = memory.of(async (productId) => (await this.#rows<SealedEndpoint>(ENDPOINT, [productId]))[0]);
  }

  grants(agreementIds: readonly string[]): Promise<Grant[]> {
    return this.#rows<Grant>(GRANTS, [agreementIds]);
  }

  /** Where a product is served, as it stood less than half a second ago. */
  endpoint(productId: string): Promise<SealedEndpoint | undefined> {
    return this.#endpoints.read(productId);
  }

  /** Written before anything is passed on: a call nobody knows of never reaches a merchant. */
  begin(call: BegunCall): Promise<void> {
    return this.#begun.add(call);
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

  end(id: string, end: CallEnd): Promise<void> {
    return this.#ended.add({ id, ...end });
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
