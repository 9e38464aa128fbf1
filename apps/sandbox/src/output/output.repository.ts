import { Injectable } from '@nestjs/common';
import type { JsonValue } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { Review, ReviewedOutput } from './output.js';

/** A request to take a result out. */
export interface OutputRequest extends ReviewedOutput {
  readonly id: string;
  readonly enclaveId: string;
  readonly jobId: string | null;
  readonly agreementId: string;
  readonly buyerId: string;
  readonly custodianId: string;
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly releaseRecord: Readonly<Record<string, JsonValue>> | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

const SELECT = `SELECT id, enclave_id AS "enclaveId", job_id AS "jobId", agreement_id AS "agreementId", buyer_id AS "buyerId",
  custodian_id AS "custodianId", author, title, state, file_name AS "fileName", media_type AS "mediaType",
  content_hash AS "contentHash", checks, exception, release_record AS "releaseRecord", created_at AS "createdAt",
  changed_at AS "changedAt" FROM output_requests`;

/** Rows of output requests and of what was thought of them. */
@Injectable()
export class OutputRepository {
  async insert(tx: Tx, output: OutputRequest, content: Uint8Array): Promise<void> {
    await tx.execute(
      `INSERT INTO output_requests (id, enclave_id, job_id, agreement_id, buyer_id, custodian_id, author, kind, title, state,
         file_name, media_type, content, content_hash, checks, created_at, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'file', $8, $9, $10, $11, $12, $13, $14, $15, $15)`,
      [
        ...[
          output.id,
          output.enclaveId,
          output.jobId,
          output.agreementId,
          output.buyerId,
          output.custodianId,
          output.author,
        ],
        ...[output.title, output.state, output.fileName, output.mediaType, Buffer.from(content), output.contentHash],
        ...[JSON.stringify(output.checks), output.createdAt],
      ],
    );
  }

  async find(tx: Tx, id: string): Promise<OutputRequest | null> {
    const [row] = await tx.query<OutputRequest>(`${SELECT} WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** Locked: votes on one request come one after the other. */
  async load(tx: Tx, id: string): Promise<OutputRequest | null> {
    const [row] = await tx.query<OutputRequest>(`${SELECT} WHERE id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  list(tx: Tx, organisationId: string | null, afterId: string, limit: number): Promise<OutputRequest[]> {
    return tx.query<OutputRequest>(
      `${SELECT} WHERE id > $1 AND ($2::text IS NULL OR buyer_id = $2 OR custodian_id = $2) ORDER BY id LIMIT $3`,
      [afterId, organisationId, limit],
    );
  }

  async save(tx: Tx, { id, state, exception, releaseRecord, changedAt }: OutputRequest): Promise<void> {
    await tx.execute(
      `UPDATE output_requests SET state = $2, exception = $3, release_record = $4, changed_at = $5, version = version + 1
        WHERE id = $1`,
      [id, state, exception, releaseRecord, changedAt],
    );
  }

  reviewsOf(tx: Tx, id: string): Promise<Review[]> {
    return tx.query<Review>(
      `SELECT reviewer, is_custodian AS "isCustodian", content_hash AS "contentHash", vote, comment, voted_at AS "votedAt"
         FROM output_reviews WHERE output_id = $1 ORDER BY voted_at`,
      [id],
    );
  }

  async addReview(tx: Tx, id: string, review: Review): Promise<void> {
    const { reviewer, isCustodian, contentHash, vote, comment, votedAt } = review;
    await tx.execute(
      `INSERT INTO output_reviews (output_id, reviewer, is_custodian, content_hash, vote, comment, voted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, reviewer, isCustodian, contentHash, vote, comment, votedAt],
    );
  }

  async content(tx: Tx, id: string): Promise<Buffer> {
    const [row] = await tx.query<{ content: Buffer }>('SELECT content FROM output_requests WHERE id = $1', [id]);
    return row?.content ?? Buffer.alloc(0);
  }
}
