import { Injectable } from '@nestjs/common';
import { deterministicId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { LogAlarmRaisedV1 } from '@hetao/events';
import type { NodeAlarm, PeerLook, PeerStatus, SeenCheckpoint } from './node-alarm.js';

const ALARM = `id, origin, alarm, detail, evidence, raised_at AS "raisedAt", acknowledged_at AS "acknowledgedAt"`;

/** A peer can make us say much by what it calls itself. */
const MAX_DETAIL = 1_000;

type PeerCheckpointRow =
  | { readonly size: null; readonly root: null; readonly seenAt: null }
  | { readonly size: number; readonly root: string; readonly seenAt: Date };

const STATUS = `SELECT c.size, c.root, c."seenAt", l.looked_at AS "lookedAt", l.answered_at AS "answeredAt", l.failure,
    l.failing_since AS "failingSince",
    (SELECT max(size)::float8 FROM log_checkpoints) AS "ownSize",
    (SELECT max(size)::float8 FROM log_witnessed) AS "witnessedSize",
    (SELECT count(*)::int FROM node_alarms WHERE origin IN ($1, $2) AND acknowledged_at IS NULL) AS "openAlarms"
  FROM (VALUES (1)) AS one (row)
  LEFT JOIN peer_looks l ON l.origin = $1
  LEFT JOIN LATERAL (SELECT size::float8 AS size, root, seen_at AS "seenAt" FROM peer_checkpoints
    WHERE origin = $1 ORDER BY peer_checkpoints.size DESC LIMIT 1) AS c ON true`;

@Injectable()
export class NodeRepository {
  /** The last checkpoint of a log that was believed. */
  async seen(tx: Tx, origin: string): Promise<SeenCheckpoint | null> {
    const [row] = await tx.query<{ size: string; root: string; note: string }>(
      'SELECT size, root, note FROM peer_checkpoints WHERE origin = $1 ORDER BY size DESC LIMIT 1',
      [origin],
    );
    return row === undefined ? null : { origin, root: row.root, note: row.note, size: Number(row.size) };
  }

  async believe(tx: Tx, { origin, size, root, note }: SeenCheckpoint, at: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO peer_checkpoints (origin, size, root, note, seen_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [origin, size, root, note, at],
    );
  }

  /** Keeps our own checkpoint with the other node's signature under it. */
  async keepWitnessed(tx: Tx, checkpoint: SeenCheckpoint, witness: string, at: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO log_witnessed (size, witness, note, witnessed_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (size, witness) DO NOTHING`,
      [checkpoint.size, witness, checkpoint.note, at],
    );
  }

  /**
   * Raises an alarm: one for each kind and last good state, so that a node that answers nonsense again and again fills
   * no table. @returns false when it stands already.
   */
  async raise(tx: Tx, alarm: Omit<NodeAlarm, 'id' | 'acknowledgedAt'>): Promise<boolean> {
    const { origin, alarm: kind, raisedAt } = alarm;
    const detail = storable(alarm.detail).slice(0, MAX_DETAIL);
    const evidence = {
      seen: alarm.evidence.seen === null ? null : storable(alarm.evidence.seen),
      shown: storable(alarm.evidence.shown),
    };
    const id = deterministicId('alm', origin, kind, evidence.seen ?? '');
    const inserted = await tx.execute(
      `INSERT INTO node_alarms (id, origin, alarm, detail, evidence, raised_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO NOTHING`,
      [id, origin, kind, detail, JSON.stringify(evidence), raisedAt],
    );
    if (inserted !== 1) return false;
    tx.append(LogAlarmRaisedV1, {
      alarmId: id,
      origin,
      alarm: kind,
      detail,
      ...evidence,
      raisedAt: raisedAt.toISOString(),
    });
    return true;
  }

  /** Notes a look; a failing peer keeps the time since when it fails. */
  async noteLook(tx: Tx, { origin, at, shownSize, failure }: PeerLook): Promise<void> {
    const answeredAt = failure === undefined ? at : null;
    const failingSince = failure === undefined ? null : at;
    await tx.execute(
      `INSERT INTO peer_looks AS known (origin, looked_at, answered_at, shown_size, failure, failing_since)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (origin) DO UPDATE SET looked_at = excluded.looked_at,
         answered_at = coalesce(excluded.answered_at, known.answered_at),
         shown_size = coalesce(excluded.shown_size, known.shown_size),
         failure = excluded.failure,
         failing_since = CASE WHEN excluded.failure IS NOT NULL THEN coalesce(known.failing_since, excluded.failing_since) END`,
      [
        origin,
        at,
        answeredAt,
        shownSize ?? null,
        failure === undefined ? null : storable(failure).slice(0, MAX_DETAIL),
        failingSince,
      ],
    );
  }

  /** How things stand between the peer of this name and our own log. */
  async status(tx: Tx, origin: string, ownOrigin: string): Promise<PeerStatus> {
    const [row] = await tx.query<Omit<PeerStatus, 'origin' | 'lastCheckpoint'> & PeerCheckpointRow>(STATUS, [
      origin,
      ownOrigin,
    ]);
    if (row === undefined) throw new Error('A query without FROM has one row.');
    const { size, root, seenAt, ...rest } = row;
    return { origin, ...rest, lastCheckpoint: size === null ? null : { size, root, seenAt } };
  }

  async alarms(tx: Tx, afterId: string, limit: number): Promise<NodeAlarm[]> {
    return tx.query<NodeAlarm>(`SELECT ${ALARM} FROM node_alarms WHERE id > $1 ORDER BY id LIMIT $2`, [afterId, limit]);
  }

  async openAlarms(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ open: number }>(
      'SELECT count(*)::int AS open FROM node_alarms WHERE acknowledged_at IS NULL',
    );
    return row?.open ?? 0;
  }

  async acknowledge(tx: Tx, id: string, at: Date, by: string): Promise<NodeAlarm | null> {
    await tx.execute(
      'UPDATE node_alarms SET acknowledged_at = $2, acknowledged_by = $3 WHERE id = $1 AND acknowledged_at IS NULL',
      [id, at, by],
    );
    const [row] = await tx.query<NodeAlarm>(`SELECT ${ALARM} FROM node_alarms WHERE id = $1`, [id]);
    return row ?? null;
  }
}

/** What a peer says is kept as it came, except for the one character that PostgreSQL keeps in no text. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
