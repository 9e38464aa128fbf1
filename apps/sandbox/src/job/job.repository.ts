import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { Job } from './job.record.js';

/** The columns of a job's row, SQL. */
export const JOB_COLUMNS = `id, enclave_id AS "enclaveId", version_id AS "versionId", agreement_id AS "agreementId",
  buyer_id AS "buyerId", custodian_id AS "custodianId", author, kind, body, code_hash AS "codeHash",
  is_dry_run AS "isDryRun", state, reason, floor, level, basis, meters, reserved, used, money, progress, result,
  submitted_at AS "submittedAt", changed_at AS "changedAt", version`;
const SELECT = `SELECT ${JOB_COLUMNS} FROM jobs`;

/** Which jobs somebody sees; null sees all. */
export interface JobFilter {
  readonly organisationId: string | null;
  readonly enclaveId: string | null;
}

/** Whose jobs, where, and under which agreement. */
export type JobAuthorship = Pick<Job, 'author' | 'enclaveId' | 'agreementId'>;

/** Rows of jobs. */
@Injectable()
export class JobRepository {
  async insert(tx: Tx, job: Job): Promise<void> {
    await tx.execute(
      `INSERT INTO jobs (id, enclave_id, version_id, agreement_id, buyer_id, custodian_id, author, kind, body, code_hash,
         is_dry_run, state, reason, floor, basis, meters, reserved, money, progress, submitted_at, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $20)`,
      [
        ...[job.id, job.enclaveId, job.versionId, job.agreementId, job.buyerId, job.custodianId, job.author, job.kind],
        ...[job.body, job.codeHash, job.isDryRun, job.state, job.reason, job.floor, job.basis, job.meters],
        ...[job.reserved, job.money, job.progress, job.submittedAt],
      ],
    );
  }

  async find(tx: Tx, id: string): Promise<Job | null> {
    const [row] = await tx.query<Job>(`${SELECT} WHERE id = $1`, [id]);
    return row ?? null;
  }

  async load(tx: Tx, id: string): Promise<Job | null> {
    const [row] = await tx.query<Job>(`${SELECT} WHERE id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  /** The job that waits longest and that nobody else is taking. */
  async takeQueued(tx: Tx): Promise<Job | null> {
    const [row] = await tx.query<Job>(
      `${SELECT} WHERE state = 'queued' ORDER BY submitted_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    return row ?? null;
  }

  /** Jobs somebody was running when their process ended: nothing has changed them for so long. */
  stranded(tx: Tx, before: Date): Promise<Job[]> {
    return tx.query<Job>(
      `${SELECT} WHERE state IN ('preparing', 'running', 'evidence') AND changed_at < $1 LIMIT 50 FOR UPDATE SKIP LOCKED`,
      [before],
    );
  }

  list(tx: Tx, { organisationId, enclaveId }: JobFilter, afterId: string, limit: number): Promise<Job[]> {
    return tx.query<Job>(
      `${SELECT} WHERE id > $1 AND ($2::text IS NULL OR buyer_id = $2 OR custodian_id = $2)
         AND ($3::text IS NULL OR enclave_id = $3) ORDER BY id LIMIT $4`,
      [afterId, organisationId, enclaveId, limit],
    );
  }

  /** The newest of those one person has sent under an agreement, newest first. */
  newestOf(tx: Tx, { author, enclaveId, agreementId }: JobAuthorship, limit: number): Promise<Job[]> {
    return tx.query<Job>(
      `${SELECT} WHERE agreement_id = $1 AND enclave_id = $2 AND author = $3 ORDER BY submitted_at DESC, id DESC LIMIT $4`,
      [agreementId, enclaveId, author, limit],
    );
  }

  async hasDryRun(tx: Tx, agreementId: string, codeHash: string): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM jobs WHERE agreement_id = $1 AND code_hash = $2 AND is_dry_run AND state = 'done' LIMIT 1`,
      [agreementId, codeHash],
    );
    return rows.length > 0;
  }

  /** Whether a custodian approved the code: for one agreement, or as a template for all; null asks for templates. */
  async isApproved(tx: Tx, enclaveId: string, agreementId: string | null, codeHash: string): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM code_approvals WHERE enclave_id = $1 AND code_hash = $3 AND withdrawn_at IS NULL
         AND (agreement_id IS NULL OR agreement_id = $2) LIMIT 1`,
      [enclaveId, agreementId, codeHash],
    );
    return rows.length > 0;
  }

  async save(tx: Tx, job: Job): Promise<void> {
    await tx.execute(
      `UPDATE jobs SET state = $2, reason = $3, level = $4, used = $5, money = $6, progress = $7, result = $8,
         changed_at = $9, version = version + 1 WHERE id = $1`,
      [job.id, job.state, job.reason, job.level, job.used, job.money, job.progress, job.result, job.changedAt],
    );
  }
}
