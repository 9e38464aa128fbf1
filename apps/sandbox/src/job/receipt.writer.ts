import { Inject, Injectable } from '@nestjs/common';
import { JobReceiptIssuedV1 } from '@hetao/events';
import type { JsonValue } from '@hetao/kernel';
import { documentHash, signDocumentHash } from '@hetao/proofs';
import type { Tx } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { SandboxConfig } from '../sandbox.config.js';
import type { DatasetVersion } from '../enclave/enclave.js';
import type { Job } from './job.record.js';

/** A signed receipt as it is kept. */
export interface JobReceipt {
  readonly position: number;
  readonly document: Readonly<Record<string, JsonValue>>;
  readonly hash: string;
  readonly signature: string;
}

/** Signs what a job read, ran, used and gave, each receipt of an enclave upon the one before. */
@Injectable()
export class ReceiptWriter {
  readonly #config: SandboxConfig;

  constructor(@Inject(SERVICE_CONFIG) config: SandboxConfig) {
    this.#config = config;
  }

  /** The public half of the key that signs. */
  get key(): { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string } {
    const { kty, crv, x } = this.#config.SANDBOX_RECEIPT_KEY;
    return { kty, crv, x };
  }

  /** Writes the receipt in the transaction that ends the job. Receipts of one enclave wait for one another. */
  async write(tx: Tx, job: Job, version: DatasetVersion, at: Date): Promise<void> {
    await tx.execute('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`receipts ${job.enclaveId}`]);
    const [last] = await tx.query<{ position: string; hash: string }>(
      'SELECT position, hash FROM job_receipts WHERE enclave_id = $1 ORDER BY position DESC LIMIT 1',
      [job.enclaveId],
    );
    const position = Number(last?.position ?? 0) + 1;
    const previousHash = last?.hash ?? null;
    const document = documentOf(job, version, { position, previousHash, at });
    const receiptHash = documentHash(document);
    const signature = await signDocumentHash(receiptHash, this.#config.SANDBOX_RECEIPT_KEY);
    await tx.execute(
      `INSERT INTO job_receipts (job_id, enclave_id, position, document, hash, signature, issued_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [job.id, job.enclaveId, position, document, receiptHash, signature, at],
    );
    const { id: jobId, enclaveId, versionId, agreementId, buyerId, custodianId, codeHash } = job;
    tx.append(JobReceiptIssuedV1, {
      ...{
        jobId,
        enclaveId,
        versionId,
        agreementId,
        buyerId,
        custodianId,
        codeHash,
        position,
        receiptHash,
        previousHash,
      },
      ...{ isolationLevel: job.level ?? 'L0', signature, issuedAt: at.toISOString() },
    });
  }

  async find(tx: Tx, jobId: string): Promise<JobReceipt | null> {
    const [row] = await tx.query<JobReceipt>(
      'SELECT position::int, document, hash, signature FROM job_receipts WHERE job_id = $1',
      [jobId],
    );
    return row ?? null;
  }
}

function documentOf(
  job: Job,
  version: DatasetVersion,
  { position, previousHash, at }: { position: number; previousHash: string | null; at: Date },
): Readonly<Record<string, JsonValue>> {
  return {
    format: 'hetao-job-receipt-v1',
    job_id: job.id,
    enclave_id: job.enclaveId,
    dataset_version: version.id,
    dataset_hash: version.contentHash,
    agreement_id: job.agreementId,
    code_hash: job.codeHash,
    isolation_level: job.level,
    legal_basis: { ...job.basis },
    state: job.state,
    used: { ...(job.used ?? {}) },
    result_hash: job.result === null ? null : documentHash(job.result),
    position,
    previous_hash: previousHash,
    issued_at: at.toISOString(),
  };
}
