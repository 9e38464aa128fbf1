import { Injectable } from '@nestjs/common';
import { isUniqueViolation, type Tx } from '@hetao/persistence';
import type { SignedCheckpoint } from '../recording/checkpoint.signature.js';
import type { PixelSession } from './session.js';

/** What was done to a session, and by whom. */
export interface SessionDeed {
  readonly command: string;
  readonly at: Date;
  readonly by: string;
  readonly note: string | null;
}

/** By the database's clock: processes on several machines agree on it. */
const LEASE_S = 30;

/** Loads and saves sessions; every save leaves its line in the history, which nobody can change. */
@Injectable()
export class SessionRepository {
  async load(tx: Tx, id: string): Promise<PixelSession | null> {
    const [row] = await tx.query<{ content: PixelSession }>(
      'SELECT content FROM pixel_sessions WHERE id = $1 FOR UPDATE',
      [id],
    );
    return row?.content ?? null;
  }

  async nextEpoch(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ epoch: string }>("SELECT nextval('pixel_mark_epochs') AS epoch");
    return Number(row?.epoch);
  }

  async insert(tx: Tx, session: PixelSession, deed: SessionDeed): Promise<void> {
    await tx.execute(
      `INSERT INTO pixel_sessions (id, person, organisation_id, custodian_id, agreement_id, status, first_epoch, content, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[session.id, session.person, session.organisationId, session.grounds.custodianId],
        ...[
          session.grounds.agreementId,
          session.status,
          session.firstEpoch,
          JSON.stringify(session),
          session.requestedAt,
        ],
      ],
    );
    await this.#remember(tx, session, deed);
  }

  /** @returns false when the person has another session that is live. */
  async update(tx: Tx, session: PixelSession, deed: SessionDeed): Promise<boolean> {
    try {
      await tx.execute('SAVEPOINT one_live_session');
      await tx.execute('UPDATE pixel_sessions SET status = $2, content = $3 WHERE id = $1', [
        ...[session.id, session.status, JSON.stringify(session)],
      ]);
    } catch (error) {
      if (!isUniqueViolation(error, 'one_live_session_a_person')) throw error;
      await tx.execute('ROLLBACK TO SAVEPOINT one_live_session');
      return false;
    }
    await this.#remember(tx, session, deed);
    return true;
  }

  /** How many minutes were opened under an agreement, each that was begun counted whole. */
  async minutesSpent(tx: Tx, agreementId: string): Promise<number> {
    const [row] = await tx.query<{ minutes: string | null }>(
      `SELECT sum(ceil(extract(epoch FROM coalesce((content->>'endedAt')::timestamptz, now())
                - (content->>'startedAt')::timestamptz) / 60)) AS minutes
         FROM pixel_sessions WHERE agreement_id = $1 AND content->>'startedAt' IS NOT NULL`,
      [agreementId],
    );
    return Number(row?.minutes ?? 0);
  }

  /** Says which process runs a session, and that it is alive. */
  async hold(tx: Tx, id: string, holder: string): Promise<void> {
    const lease = `UPDATE pixel_sessions SET holder = $2, lease_until = now() + make_interval(secs => $3) WHERE id = $1`;
    await tx.execute(lease, [id, holder, LEASE_S]);
  }

  /** Sessions that count as live, or wait for their seal, and whose process has not been heard of for too long. */
  async abandoned(tx: Tx, limit: number): Promise<readonly string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM pixel_sessions WHERE lease_until < now()
         AND status IN ('provisioning', 'ready', 'active', 'idle_locked', 'throttled', 'frozen', 'ended', 'terminated')
       ORDER BY lease_until LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  async checkpoints(tx: Tx, id: string): Promise<readonly SignedCheckpoint[]> {
    const rows = await tx.query<{ content: SignedCheckpoint }>(
      'SELECT content FROM recording_checkpoints WHERE session_id = $1 ORDER BY number',
      [id],
    );
    return rows.map(({ content }) => content);
  }

  async addCheckpoint(tx: Tx, checkpoint: SignedCheckpoint): Promise<void> {
    await tx.execute('INSERT INTO recording_checkpoints (session_id, number, content) VALUES ($1, $2, $3)', [
      ...[checkpoint.session, checkpoint.number, JSON.stringify(checkpoint)],
    ]);
  }

  async #remember(tx: Tx, session: PixelSession, { command, at, by, note }: SessionDeed): Promise<void> {
    await tx.execute(
      `INSERT INTO pixel_session_history (session_id, number, command, status, at, by_subject, note)
       SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 FROM pixel_session_history WHERE session_id = $1`,
      [session.id, command, session.status, at, by, note],
    );
  }
}
