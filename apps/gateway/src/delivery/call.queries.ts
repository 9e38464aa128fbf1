import { Inject, Injectable } from '@nestjs/common';
import { seesEveryTenant, type Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, cursorQuery, DATABASE, idSchema, pageOf, type Page } from '@hetao/runtime';
import { z } from 'zod';

export const callQueryDto = cursorQuery.extend({
  agreement_id: idSchema('agr').optional(),
  state: z.enum(['begun', 'delivered', 'refused', 'failed', 'stopped', 'interrupted']).optional(),
});
export type CallQueryDto = z.output<typeof callQueryDto>;

export const callDto = z
  .object({
    id: z.string(),
    agreement_id: z.string(),
    product_id: z.string().nullable(),
    merchant_id: z.string().nullable(),
    buyer_id: z.string(),
    purpose: z.string().nullable(),
    method: z.string(),
    path: z.string(),
    state: z.string(),
    upstream_status: z.int().nullable(),
    bytes_out: z.string().describe('Bytes of the answer that were passed on'),
    code: z.string().nullable().describe('Why it was refused, failed or stopped'),
    detail: z.string().nullable(),
    begun_at: z.iso.datetime(),
    ended_at: z.iso.datetime().nullable(),
    reported_at: z.iso.datetime().nullable().describe('When metering had counted it'),
    report_fault: z.string().nullable(),
  })
  .meta({ id: 'DeliveryCall' });
export type CallDto = z.output<typeof callDto>;
export const callPageDto = pageOf(callDto).meta({ id: 'DeliveryCallPage' });

const CALLS = `SELECT id, agreement_id, product_id, merchant_id, buyer_id, purpose, method, path, state, upstream_status,
    bytes_out, code, detail, begun_at, ended_at, reported_at, report_fault
  FROM delivery_calls WHERE ($1 OR buyer_id = $2 OR merchant_id = $2) AND ($3::text IS NULL OR agreement_id = $3)
    AND ($4::text IS NULL OR state = $4) AND ($5::text IS NULL OR id < $5) ORDER BY id DESC LIMIT $6`;

type CallRow = Omit<CallDto, 'begun_at' | 'ended_at' | 'reported_at'> & {
  readonly begun_at: Date;
  readonly ended_at: Date | null;
  readonly reported_at: Date | null;
};

/** The log of calls, newest first: the buyer's and the merchant's own, for the exchange all. */
@Injectable()
export class CallQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: CallQueryDto, reader: Reader): Promise<Page<CallDto>> {
    const filter = { agreement: query.agreement_id, state: query.state };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const who = [seesEveryTenant(reader), reader.organisationId];
    const params = [...who, query.agreement_id ?? null, query.state ?? null, before, query.limit + 1];
    const { rows } = await this.#database.withClient((client) => client.query<CallRow>(CALLS, params));
    return cursorPage(rows.map(toDto), query.limit, (call) => [call.id], filter);
  }
}

function toDto(row: CallRow): CallDto {
  return {
    ...row,
    begun_at: row.begun_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
    reported_at: row.reported_at?.toISOString() ?? null,
  };
}
