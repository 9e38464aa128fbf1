import { Injectable } from '@nestjs/common';
import type { JsonValue } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { Finding } from '../review/finding.js';
import type { Product } from './product.js';
import { toContentDto } from './product.dto.js';

/** What was handed in, and what the automatic checks said of it. */
export interface Submission {
  readonly number: number;
  readonly content: JsonValue;
  readonly findings: readonly Finding[];
  readonly submittedAt: Date;
}

/** Keeps every hand-in, so that a reviewer sees what changed since the last one. */
@Injectable()
export class SubmissionRepository {
  async keep(tx: Tx, product: Product, findings: readonly Finding[]): Promise<void> {
    await tx.execute(
      `INSERT INTO product_submissions (product_id, number, content, findings, submitted_at, submitted_by)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        product.id,
        product.submissions,
        JSON.stringify(toContentDto(product)),
        JSON.stringify(findings),
        product.submittedAt,
        product.submittedBy,
      ],
    );
  }
}

/** The last hand-in and the one before it, newest first. */
export function lastTwoSubmissions(tx: Tx, productId: string): Promise<readonly Submission[]> {
  return tx.query<Submission>(
    `SELECT number, content, findings, submitted_at AS "submittedAt" FROM product_submissions
     WHERE product_id = $1 ORDER BY number DESC LIMIT 2`,
    [productId],
  );
}
