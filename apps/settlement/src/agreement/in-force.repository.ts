import type { Tx } from '@hetao/persistence';

/** What is known of an agreement whose data needs a release before it may be used. */
export interface Release {
  /** When its buyer got access: from then on it is in force. Null while it waits. */
  readonly grantedAt: Date | null;
}

/** Notes that an agreement binds, but gives no access before a release. */
export async function awaitRelease(tx: Tx, agreementId: string): Promise<void> {
  await tx.execute(
    `INSERT INTO agreement_releases (agreement_id, awaited) VALUES ($1, true)
     ON CONFLICT (agreement_id) DO UPDATE SET awaited = true`,
    [agreementId],
  );
}

/** Notes when access was first given; it and the agreement come by different topics, in any order. */
export async function noteAccess(tx: Tx, agreementId: string, grantedAt: Date): Promise<void> {
  await tx.execute(
    `INSERT INTO agreement_releases AS r (agreement_id, awaited, granted_at) VALUES ($1, false, $2)
     ON CONFLICT (agreement_id) DO UPDATE SET granted_at = coalesce(r.granted_at, excluded.granted_at)`,
    [agreementId, grantedAt],
  );
}

/** The agreements among these that wait, or waited, for a release. */
export async function releasesOf(tx: Tx, agreementIds: readonly string[]): Promise<ReadonlyMap<string, Release>> {
  const rows = await tx.query<{ agreement_id: string; granted_at: Date | null }>(
    'SELECT agreement_id, granted_at FROM agreement_releases WHERE agreement_id = ANY($1) AND awaited',
    [agreementIds],
  );
  return new Map(rows.map(({ agreement_id: id, granted_at: grantedAt }) => [id, { grantedAt }]));
}
