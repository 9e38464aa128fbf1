import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { CodeApproval } from './code-approval.js';
import { JOB_COLUMNS } from './job.repository.js';
import type { Job } from './job.record.js';

/** Which code, where, and for whom. */
export interface ApprovedCode {
  readonly enclaveId: string;
  readonly codeHash: string;
  readonly agreementId: string | null;
}

const MOST = 500;

/** Rows of approvals, and the jobs they are about. */
@Injectable()
export class CodeApprovals {
  async save(tx: Tx, enclaveId: string, approval: CodeApproval): Promise<void> {
    const { agreementId, codeHash, name, approvedBy, approvedAt } = approval;
    await tx.execute(
      `INSERT INTO code_approvals (enclave_id, agreement_id, code_hash, name, approved_by, approved_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (enclave_id, coalesce(agreement_id, ''), code_hash) DO UPDATE
         SET withdrawn_at = NULL, name = EXCLUDED.name, approved_by = EXCLUDED.approved_by, approved_at = EXCLUDED.approved_at`,
      [enclaveId, agreementId, codeHash, name, approvedBy, approvedAt],
    );
  }

  async withdraw(tx: Tx, code: { enclaveId: string; codeHash: string; at: Date }): Promise<void> {
    await tx.execute(
      'UPDATE code_approvals SET withdrawn_at = $3 WHERE enclave_id = $1 AND code_hash = $2 AND withdrawn_at IS NULL',
      [code.enclaveId, code.codeHash, code.at],
    );
  }

  list(tx: Tx, enclaveId: string): Promise<CodeApproval[]> {
    return tx.query<CodeApproval>(
      `SELECT code_hash AS "codeHash", name, agreement_id AS "agreementId", approved_by AS "approvedBy",
         approved_at AS "approvedAt", withdrawn_at AS "withdrawnAt" FROM code_approvals WHERE enclave_id = $1
         ORDER BY approved_at DESC, code_hash LIMIT ${MOST}`,
      [enclaveId],
    );
  }

  /** Jobs on the data that are made of the code, locked; of every agreement for a template. */
  jobs(tx: Tx, code: ApprovedCode, state: 'awaiting_approval' | 'queued'): Promise<Job[]> {
    return tx.query<Job>(
      `SELECT ${JOB_COLUMNS} FROM jobs WHERE enclave_id = $1 AND code_hash = $2 AND state = $4 AND kind = 'code'
         AND NOT is_dry_run AND ($3::text IS NULL OR agreement_id = $3) LIMIT ${MOST} FOR UPDATE`,
      [code.enclaveId, code.codeHash, code.agreementId, state],
    );
  }
}
