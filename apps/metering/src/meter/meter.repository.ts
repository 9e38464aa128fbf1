import { Injectable } from '@nestjs/common';
import type { Queryable } from '@hetao/clearance';
import type { MeterDefinition, MeterVersion } from './meter.js';

interface MeterRow {
  readonly owner_id: string;
  readonly meter: string;
  readonly version: number;
  readonly definition: Omit<MeterDefinition, 'meter'>;
  readonly published_at: Date;
}

const COLUMNS = 'owner_id, meter, version, definition, published_at';

/** Published definitions. Takes a transaction's client, or one of the pool. */
@Injectable()
export class MeterRepository {
  /** Adds the next version of the owner's meter; of two at the same time the second fails on the primary key. */
  async add(
    client: Queryable,
    ownerId: string | null,
    { meter, ...definition }: MeterDefinition,
    published: { readonly at: Date; readonly by: string },
  ): Promise<MeterVersion> {
    const { rows } = await client.query<MeterRow>(
      `INSERT INTO meter_definitions (owner_id, meter, version, definition, published_at, published_by)
       SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5
         FROM meter_definitions WHERE owner_id = $1 AND meter = $2
       RETURNING ${COLUMNS}`,
      [ownerId ?? '', meter, JSON.stringify(definition), published.at, published.by],
    );
    const [row] = rows;
    if (!row) throw new Error('An insert without a conflict clause returns its row.');
    return fromRow(row);
  }

  /** Versions of the owners' meters (null: the exchange), by owner, meter and version, after a key. */
  async list(
    client: Queryable,
    ownerIds: readonly (string | null)[],
    after: readonly [string, string, number] | undefined,
    limit: number,
  ): Promise<readonly MeterVersion[]> {
    const [owner, meter, version] = after ?? ['', '', 0];
    const { rows } = await client.query<MeterRow>(
      `SELECT ${COLUMNS} FROM meter_definitions
        WHERE owner_id = ANY($1) AND (owner_id, meter, version) > ($2, $3, $4)
        ORDER BY owner_id, meter, version LIMIT $5`,
      [ownerIds.map((id) => id ?? ''), owner, meter, version, limit],
    );
    return rows.map(fromRow);
  }

  /** One version, or the newest one, of a meter; the merchant's own before the exchange's. */
  async find(
    client: Queryable,
    merchantId: string,
    meter: string,
    version: number | undefined,
  ): Promise<MeterVersion | undefined> {
    const { rows } = await client.query<MeterRow>(
      `SELECT ${COLUMNS} FROM meter_definitions
        WHERE owner_id IN ($1, '') AND meter = $2 AND ($3::int IS NULL OR version = $3)
        ORDER BY owner_id DESC, version DESC LIMIT 1`,
      [merchantId, meter, version ?? null],
    );
    return rows.map(fromRow)[0];
  }

  /**
   * The definitions that bind an agreement: of each of its meters the newest that was published when it was granted,
   * the merchant's own before the exchange's. What is published later never changes what was agreed.
   */
  async binding(client: Queryable, agreementId: string): Promise<readonly MeterVersion[]> {
    const { rows } = await client.query<MeterRow>(
      `SELECT DISTINCT ON (d.meter) d.owner_id, d.meter, d.version, d.definition, d.published_at
         FROM (SELECT merchant_id, meters, granted_at FROM entitlements WHERE agreement_id = $1
                ORDER BY granted_at, entitlement_id LIMIT 1) e
         JOIN meter_definitions d ON d.owner_id IN (e.merchant_id, '') AND d.meter = ANY(e.meters)
                                 AND d.published_at <= e.granted_at
        ORDER BY d.meter, d.owner_id DESC, d.version DESC`,
      [agreementId],
    );
    return rows.map(fromRow);
  }
}

function fromRow(row: MeterRow): MeterVersion {
  return {
    ...row.definition,
    meter: row.meter,
    ownerId: row.owner_id === '' ? null : row.owner_id,
    version: row.version,
    publishedAt: row.published_at,
  };
}
