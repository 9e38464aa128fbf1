import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { RecordRepository } from '../record/record.repository.js';
import type { Consent } from './consent.js';

const SELECT = `SELECT id, attestation_id AS "attestationId", holder_id AS "holderId", receiver_id AS "receiverId", purpose,
  valid_until AS "validUntil", given_at AS "givenAt", given_by AS "givenBy", withdrawn_at AS "withdrawnAt" FROM consents`;

/** Rows of consents, and the commitments to them in the log. */
@Injectable()
export class ConsentRepository {
  readonly #records: RecordRepository;

  constructor(records: RecordRepository) {
    this.#records = records;
  }

  async load(tx: Tx, id: string): Promise<Consent | null> {
    const [row] = await tx.query<Consent>(`${SELECT} WHERE id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  /** `party` is holder or receiver; null for those who see all. */
  async list(tx: Tx, party: string | null, afterId: string, limit: number): Promise<Consent[]> {
    return tx.query<Consent>(
      `${SELECT} WHERE id > $1 AND ($2::text IS NULL OR holder_id = $2 OR receiver_id = $2) ORDER BY id LIMIT $3`,
      [afterId, party, limit],
    );
  }

  async insert(tx: Tx, c: Consent): Promise<void> {
    await tx.execute(
      `INSERT INTO consents (id, attestation_id, holder_id, receiver_id, purpose, valid_until, given_at, given_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [c.id, c.attestationId, c.holderId, c.receiverId, c.purpose, c.validUntil, c.givenAt, c.givenBy],
    );
    const document = {
      consent_id: c.id,
      attestation_id: c.attestationId,
      holder_id: c.holderId,
      receiver_id: c.receiverId,
      purpose: c.purpose,
      valid_until: c.validUntil.toISOString(),
    };
    await this.#records.commit(tx, [
      { id: c.id, record: 'consent', subject: c.id, parties: [c.holderId, c.receiverId], document, at: c.givenAt },
    ]);
  }

  async saveWithdrawal(tx: Tx, { id, withdrawnAt }: Consent): Promise<void> {
    await tx.execute('UPDATE consents SET withdrawn_at = $2 WHERE id = $1', [id, withdrawnAt]);
  }
}
