import { Inject, Injectable } from '@nestjs/common';
import { JobReceiptIssuedV1 } from '@hetao/events';
import type { JsonValue } from '@hetao/kernel';
import { documentHash, signDocumentHash } from '@hetao/proofs';
import type { Tx } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { SandboxConfig } from '../sandbox.config.js';
import type { IsolationLevel } from '../isolation/isolation-level.js';

/** What computed in an enclave, and what is certified of it. */
export interface ReceiptFacts {
  /** The job, or the training run: what is billed under this id is certified under it. */
  readonly useId: string;
  readonly enclaveId: string;
  readonly versionId: string;
  /** SHA-256 of the data it read. */
  readonly contentHash: string;
  readonly agreementId: string;
  readonly buyerId: string;
  readonly custodianId: string;
  /** SHA-256 of what ran. */
  readonly codeHash: string;
  readonly level: IsolationLevel | null;
  /** What it came to: its legal basis, state, use and result. */
  readonly outcome: Readonly<Record<string, JsonValue>>;
}

/** A signed receipt as it is kept. */
export interface JobReceipt {
  readonly position: number;
  readonly document: Readonly<Record<string, JsonValue>>;
  readonly hash: string;
  readonly signature: string;
}

/** Signs what a job or a training run read, ran, used and gave, each receipt of an enclave upon the one before. */
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

  /** Writes the receipt in the transaction that ends the use. Receipts of one enclave wait for one another. */
  async write(tx: Tx, facts: ReceiptFacts, at: Date): Promise<void> {
    await tx.execute('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`receipts ${facts.enclaveId}`]);
    const [last] = await tx.query<{ position: string; hash: string }>(
      'SELECT position, hash FROM job_receipts WHERE enclave_id = $1 ORDER BY position DESC LIMIT 1',
      [facts.enclaveId],
    );
    const position = Number(last?.position ?? 0) + 1;
    const previousHash = last?.hash ?? null;
    const document = documentOf(facts, { position, previousHash, at });
    const receiptHash = documentHash(document);
    const signature = await signDocumentHash(receiptHash, this.#config.SANDBOX_RECEIPT_KEY);
    await tx.execute(
      `INSERT INTO job_receipts (job_id, enclave_id, position, document, hash, signature, issued_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [facts.useId, facts.enclaveId, position, document, receiptHash, signature, at],
    );
    const { useId: jobId, enclaveId, versionId, agreementId, buyerId, custodianId, codeHash } = facts;
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
      ...{ isolationLevel: facts.level ?? 'L0', signature, issuedAt: at.toISOString() },
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
  facts: ReceiptFacts,
  { position, previousHash, at }: { position: number; previousHash: string | null; at: Date },
): Readonly<Record<string, JsonValue>> {
  return {
    format: 'hetao-job-receipt-v1',
    job_id: facts.useId,
    enclave_id: facts.enclaveId,
    dataset_version: facts.versionId,
    dataset_hash: facts.contentHash,
    agreement_id: facts.agreementId,
    code_hash: facts.codeHash,
    isolation_level: facts.level,
    ...facts.outcome,
    position,
    previous_hash: previousHash,
    issued_at: at.toISOString(),
  };
}
