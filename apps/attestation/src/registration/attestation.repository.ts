import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { entryBytes, type SignedStatement } from '@hetao/proofs';
import { LogRepository } from '../log/log.repository.js';
import type { LogEntry } from '../log/log-entry.js';
import type { Attestation } from './attestation.js';

/** Which attestations a list shows. */
export interface AttestationFilter {
  /** Issued or held by this organisation; absent for those who see all. */
  readonly party: string | null;
  readonly afterId: string;
  readonly limit: number;
}

const SELECT = `SELECT a.id, a.issuer, a.holder_id AS "holderId", a.schema, a.commitment, a.key_x AS "keyX",
  a.valid_from AS "validFrom", a.valid_to AS "validTo", a.supersedes, a.registered_at AS "registeredAt",
  a.revoked_at AS "revokedAt", a.revocation_reason AS "revocationReason", a.superseded_by AS "supersededBy",
  a.superseded_at AS "supersededAt", e.leaf_index::float8 AS "leafIndex"
  FROM attestations a LEFT JOIN log_entries e ON e.entry_key = a.id`;

/** Rows of attestations, and the log entries that go with them. */
@Injectable()
export class AttestationRepository {
  readonly #log: LogRepository;

  constructor(log: LogRepository) {
    this.#log = log;
  }

  /** Reads without a lock: for answers, not for decisions about the row. */
  async find(tx: Tx, id: string): Promise<Attestation | null> {
    const [row] = await tx.query<Attestation>(`${SELECT} WHERE a.id = $1`, [id]);
    return row ?? null;
  }

  /** Loads and locks. */
  async load(tx: Tx, id: string): Promise<Attestation | null> {
    const [row] = await tx.query<Attestation>(`${SELECT} WHERE a.id = $1 FOR UPDATE OF a`, [id]);
    return row ?? null;
  }

  async list(tx: Tx, { party, afterId, limit }: AttestationFilter): Promise<Attestation[]> {
    return tx.query<Attestation>(
      `${SELECT} WHERE a.id > $1 AND ($2::text IS NULL OR a.issuer = $2 OR a.holder_id = $2) ORDER BY a.id LIMIT $3`,
      [afterId, party, limit],
    );
  }

  /** Row and log entry, whose key is the attestation's id. @returns false when there is one with this id. */
  async insert(tx: Tx, a: Attestation, signed: SignedStatement): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO attestations (id, issuer, holder_id, schema, commitment, key_x, valid_from, valid_to, supersedes, registered_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
      [
        a.id,
        a.issuer,
        a.holderId,
        a.schema,
        a.commitment,
        a.keyX,
        a.validFrom,
        a.validTo,
        a.supersedes,
        a.registeredAt,
      ],
    );
    if (inserted === 1) await this.#log.enqueue(tx, [{ key: a.id, entry: registration(signed) }]);
    return inserted === 1;
  }

  /** True when this very statement, to the letter, was registered. */
  async holdsStatement(tx: Tx, id: string, signed: SignedStatement): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM log_entries WHERE entry_key = $1 AND entry = $2', [
      id,
      entryBytes(registration(signed)),
    ]);
    return rows.length === 1;
  }

  /** Row and log entry of a revocation. */
  async saveRevoked(tx: Tx, attestation: Attestation): Promise<void> {
    const { id, revokedAt, revocationReason: reason } = attestation;
    if (revokedAt === null || reason === null) throw new Error(`Attestation ${id} is not revoked.`);
    await this.save(tx, attestation);
    const entry: LogEntry = { kind: 'attestation-revoked', status_ref: id, reason, at: revokedAt.toISOString() };
    await this.#log.enqueue(tx, [{ key: `${id}/revoked`, entry }]);
  }

  async save(tx: Tx, a: Attestation): Promise<void> {
    await tx.execute(
      `UPDATE attestations SET revoked_at = $2, revocation_reason = $3, superseded_by = $4, superseded_at = $5 WHERE id = $1`,
      [a.id, a.revokedAt, a.revocationReason, a.supersededBy, a.supersededAt],
    );
  }
}

function registration(signed: SignedStatement): LogEntry {
  return { kind: 'attestation-registered', signed };
}
