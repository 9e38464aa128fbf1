import { Injectable } from '@nestjs/common';
import { deterministicId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { NodeAlarm, SeenCheckpoint } from './node-alarm.js';

const ALARM = `id, origin, alarm, detail, evidence, raised_at AS "raisedAt", acknowledged_at AS "acknowledgedAt"`;

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
    const { origin, alarm: kind, detail, evidence, raisedAt } = alarm;
    const id = deterministicId('alm', origin, kind, evidence.seen ?? '');
    const inserted = await tx.execute(
      `INSERT INTO node_alarms (id, origin, alarm, detail, evidence, raised_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO NOTHING`,
      [id, origin, kind, detail, JSON.stringify(evidence), raisedAt],
    );
    return inserted === 1;
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
