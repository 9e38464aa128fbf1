import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { IssuerKey, IssuerKeyStatus } from './issuer-key.js';

const COLUMNS = 'id, issuer, x, status';

@Injectable()
export class IssuerKeyRepository {
  /** Writes a key down, unless it is there. */
  async propose(tx: Tx, key: Omit<IssuerKey, 'status'>, at: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO issuer_keys (id, issuer, x, status, proposed_at) VALUES ($1, $2, $3, 'proposed', $4)
       ON CONFLICT (x) DO NOTHING`,
      [key.id, key.issuer, key.x, at],
    );
  }

  async byKey(tx: Tx, x: string): Promise<IssuerKey | null> {
    const [row] = await tx.query<IssuerKey>(`SELECT ${COLUMNS} FROM issuer_keys WHERE x = $1`, [x]);
    return row ?? null;
  }

  /** Decides on a key; nothing when there is none. */
  async decide(
    tx: Tx,
    id: string,
    status: IssuerKeyStatus,
    by: { at: Date; subject: string },
  ): Promise<IssuerKey | null> {
    const [row] = await tx.query<IssuerKey>(
      `UPDATE issuer_keys SET status = $2, decided_at = $3, decided_by = $4 WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, status, by.at, by.subject],
    );
    return row ?? null;
  }

  async list(tx: Tx, afterId: string, limit: number): Promise<IssuerKey[]> {
    return tx.query<IssuerKey>(`SELECT ${COLUMNS} FROM issuer_keys WHERE id > $1 ORDER BY id LIMIT $2`, [
      afterId,
      limit,
    ]);
  }
}
