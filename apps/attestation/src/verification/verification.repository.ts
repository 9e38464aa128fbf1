import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { AttestationConfig } from '../attestation.config.js';
import { RecordRepository } from '../record/record.repository.js';
import { verificationErrors, type VerificationError } from './verification.errors.js';
import type { VerificationDocument } from './verification.js';

const HOUR_MS = 3_600_000;

@Injectable()
export class VerificationRepository {
  readonly #records: RecordRepository;
  readonly #config: AttestationConfig;

  constructor(records: RecordRepository, @Inject(SERVICE_CONFIG) config: AttestationConfig) {
    this.#records = records;
    this.#config = config;
  }

  /**
   * Counts before anything is answered, one receiver after the other, so that no burst of requests slips through.
   * Held until the transaction ends.
   */
  async admit(tx: Tx, receiverId: string, consentId: string, at: Date): Promise<Result<null, VerificationError>> {
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('hetao.attestation.verify:' || $1, 0))", [
      receiverId,
    ]);
    const [counts] = await tx.query<{ all: number; wrong: number }>(
      `SELECT count(*)::int AS all,
         (count(*) FILTER (WHERE consent_id = $2 AND outcome IN ('mismatch', 'proof_invalid')))::int AS wrong
       FROM verifications WHERE receiver_id = $1 AND checked_at > $3`,
      [receiverId, consentId, new Date(at.getTime() - HOUR_MS)],
    );
    const { all = 0, wrong = 0 } = counts ?? {};
    const { ATTESTATION_VERIFICATIONS_PER_HOUR: perHour, ATTESTATION_MISMATCHES_PER_HOUR: mismatches } = this.#config;
    if (wrong >= mismatches) {
      return err(
        verificationErrors.VERIFICATION_GUESSING_STOPPED(`${wrong} of the last files under ${consentId} were wrong.`),
      );
    }
    if (all >= perHour) {
      return err(
        verificationErrors.VERIFICATION_LIMIT_REACHED(`You asked ${all} times within an hour.`, {
          meta: { limit: perHour },
        }),
      );
    }
    return ok(null);
  }

  /** Row and commitment; receiver and holder may both have the receipt. */
  async insert(tx: Tx, document: VerificationDocument, holderId: string): Promise<void> {
    const { verification_id: id, consent_id, receiver_id, outcome, checked_at } = document;
    const at = new Date(checked_at);
    await tx.execute(
      `INSERT INTO verifications (id, consent_id, receiver_id, outcome, document, checked_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, consent_id, receiver_id, outcome, JSON.stringify(document), at],
    );
    await this.#records.commit(tx, [
      { id, record: 'verification', subject: id, parties: [receiver_id, holderId], document, at },
    ]);
  }

  /** `receiver` null for those who see all. */
  async load(tx: Tx, id: string, receiver: string | null): Promise<VerificationDocument | null> {
    const [row] = await tx.query<{ document: VerificationDocument }>(
      'SELECT document FROM verifications WHERE id = $1 AND ($2::text IS NULL OR receiver_id = $2)',
      [id, receiver],
    );
    return row?.document ?? null;
  }
}
