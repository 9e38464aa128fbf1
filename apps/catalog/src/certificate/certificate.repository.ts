import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { daysAfter, exchangeDay } from '../shared/exchange-day.js';
import { numberIn, seriesOf, type Certificate } from './certificate.js';

/** What a certificate is issued for. */
export type Issue = Pick<Certificate, 'kind' | 'subjectId' | 'holderId' | 'content'> & {
  readonly at: Date;
  /** How long it holds at most. */
  readonly days: number;
  /** Last day of whatever it rests on; it does not outlive that. */
  readonly noLaterThan?: string;
};

/** Issues and withdraws certificates, in the transaction of the decision they follow from. */
@Injectable()
export class CertificateRepository {
  /** Issues a certificate and withdraws the one the subject had: of each, one holds at a time. */
  async issue(tx: Tx, issue: Issue): Promise<Certificate> {
    await this.withdraw(tx, issue.subjectId, { at: issue.at, reason: 'Another certificate took its place.' });
    const today = exchangeDay(issue.at);
    const latest = daysAfter(today, issue.days);
    const { noLaterThan = latest } = issue;
    const series = seriesOf(issue.kind, today);
    const [counted] = await tx.query<{ last: number }>(
      `INSERT INTO certificate_numbers (series, last) VALUES ($1, 1)
       ON CONFLICT (series) DO UPDATE SET last = certificate_numbers.last + 1 RETURNING last`,
      [series],
    );
    const certificate: Certificate = {
      ...{ kind: issue.kind, subjectId: issue.subjectId, holderId: issue.holderId, content: issue.content },
      number: numberIn(series, counted?.last ?? 1),
      issuedAt: issue.at,
      validUntil: noLaterThan < latest ? noLaterThan : latest,
      contentHash: documentHash(issue.content),
      withdrawnAt: null,
      withdrawnReason: null,
    };
    const { number, kind, subjectId, holderId, issuedAt, validUntil, content, contentHash } = certificate;
    await tx.execute(
      `INSERT INTO certificates (number, kind, subject_id, holder_id, issued_at, valid_until, content, content_hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [number, kind, subjectId, holderId, issuedAt, validUntil, JSON.stringify(content), contentHash],
    );
    return certificate;
  }

  /** Withdraws whatever certificate the subject holds. */
  async withdraw(tx: Tx, subjectId: string, why: { at: Date; reason: string }): Promise<void> {
    await tx.execute(
      `UPDATE certificates SET withdrawn_at = $2, withdrawn_reason = $3
       WHERE subject_id = $1 AND withdrawn_at IS NULL`,
      [subjectId, why.at, why.reason],
    );
  }
}
