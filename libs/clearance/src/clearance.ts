import { Injectable } from '@nestjs/common';
import type { ReleaseIssuedV1 } from '@hetao/events';
import type { ReleaseStanding, ReleaseStatus } from './release-standing.js';

/** What can be asked for rows: a transaction's client, or one of the pool. */
export interface Queryable {
  query<R extends object>(sql: string, values: unknown[]): Promise<{ readonly rows: R[] }>;
}

const OF_AGREEMENTS = `SELECT release_id AS "releaseId", agreement_id AS "agreementId", status, destination, purpose,
  valid_from AS "validFrom", valid_until AS "validUntil", reason, pauses.pauses
  FROM known_releases r
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('status', p.status, 'reason', p.reason,
             'fromMs', extract(epoch FROM p.starts_at) * 1000, 'untilMs', extract(epoch FROM p.ends_at) * 1000)
             ORDER BY p.starts_at), '[]') AS pauses
      FROM known_release_pauses p WHERE p.release_id = r.release_id) pauses
  WHERE agreement_id = ANY($1) ORDER BY release_id`;

/** What customs said of a release. */
export interface ReleaseChange {
  readonly releaseId: string;
  readonly status: ReleaseStatus;
  readonly reason: string | null;
  /** Since when it stands so; ISO 8601. */
  readonly at: string;
}

/** The service's own copy of the releases that bind an agreement. */
@Injectable()
export class Clearance {
  /**
   * The releases known of each of these agreements; an agreement without any is not in the answer. Read it in the
   * transaction of the delivery, or keep it for less than a second: a revoked release stops delivery within one.
   */
  async standings(
    client: Queryable,
    agreementIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly ReleaseStanding[]>> {
    const { rows } = await client.query<ReleaseStanding>(OF_AGREEMENTS, [agreementIds]);
    return Map.groupBy(rows, ({ agreementId }) => agreementId);
  }

  /** The agreement a release is for; null when it is not known here. */
  async agreementOf(client: Queryable, releaseId: string): Promise<string | null> {
    const { rows } = await client.query<{ agreement_id: string }>(
      'SELECT agreement_id FROM known_releases WHERE release_id = $1',
      [releaseId],
    );
    return rows[0]?.agreement_id ?? null;
  }

  /** Takes a new release in. One that names no agreement binds none here: customs checks its uses itself. */
  async learn(client: Queryable, release: ReleaseIssuedV1): Promise<void> {
    if (release.agreementId === null) return;
    await client.query(
      `INSERT INTO known_releases (release_id, agreement_id, status, destination, purpose, valid_from, valid_until)
       VALUES ($1, $2, 'active', $3, $4, $5, $6) ON CONFLICT (release_id) DO NOTHING`,
      [
        release.releaseId,
        release.agreementId,
        release.scope.destination,
        release.scope.purpose,
        release.validFrom,
        release.validUntil,
      ],
    );
  }

  /** Changes how a release stands; one that is not known here is somebody else's. */
  async change(client: Queryable, { releaseId, status, reason, at }: ReleaseChange): Promise<void> {
    const known = await client.query(
      'UPDATE known_releases SET status = $2, reason = $3 WHERE release_id = $1 RETURNING release_id',
      [releaseId, status, reason],
    );
    if (known.rows.length === 0) return;
    if (status === 'active') {
      await client.query(
        `UPDATE known_release_pauses SET ends_at = greatest(starts_at, $2) WHERE release_id = $1 AND ends_at IS NULL`,
        [releaseId, at],
      );
      return;
    }
    await client.query(
      `INSERT INTO known_release_pauses (release_id, status, starts_at, reason) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [releaseId, status, at, reason],
    );
  }
}
