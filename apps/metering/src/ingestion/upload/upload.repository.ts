import { Injectable } from '@nestjs/common';
import { DomainException } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import type { BatchCounts, ItemFault } from '../submission.types.js';
import { uploadErrors } from './upload.errors.js';

/** An upload and how far it is. */
export interface Upload {
  readonly uploadId: string;
  readonly senderId: string;
  readonly name: string;
  readonly state: 'open' | 'completed';
  /** Place in the file of the first byte that is not worked off. */
  readonly nextOffset: number;
  readonly lines: number;
  readonly counts: BatchCounts;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A line that was not counted. */
export interface UploadFault {
  /** From 1. */
  readonly line: number;
  readonly eventId: string | null;
  readonly status: 'conflict' | 'rejected';
  readonly fault: ItemFault;
}

/** How far an upload gets in one transaction. */
export interface UploadStep {
  readonly uploadId: string;
  readonly fromOffset: number;
  readonly toOffset: number;
  readonly lines: number;
  readonly at: Date;
}

/** An upload as it is stored. */
export type UploadRow = Record<
  'upload_id' | 'sender_id' | 'name' | 'next_offset' | 'lines' | keyof BatchCounts,
  string
> & {
  readonly state: Upload['state'];
  readonly created_at: Date;
  readonly updated_at: Date;
};

/** Uploads and their progress. */
@Injectable()
export class UploadRepository {
  constructor(private readonly uow: UnitOfWork) {}

  async add(tx: Tx, upload: Pick<Upload, 'uploadId' | 'senderId' | 'name' | 'createdAt'>): Promise<void> {
    await tx.execute(
      `INSERT INTO usage_uploads (upload_id, sender_id, name, state, created_at, updated_at)
       VALUES ($1, $2, $3, 'open', $4, $4)`,
      [upload.uploadId, upload.senderId, upload.name, upload.createdAt],
    );
  }

  /** Also within the request that begins it: what is not committed yet is seen. */
  async find(uploadId: string): Promise<Upload | undefined> {
    const rows = await this.uow.run((tx) =>
      tx.query<UploadRow>('SELECT * FROM usage_uploads WHERE upload_id = $1', [uploadId]),
    );
    return rows.map(toUpload)[0];
  }

  /**
   * Moves an upload on, in the transaction that counts the lines.
   *
   * @throws DomainException UPLOAD_OFFSET_WRONG when somebody else moved it meanwhile.
   */
  async advance(tx: Tx, step: UploadStep, counts: BatchCounts): Promise<void> {
    const moved = await tx.execute(
      `UPDATE usage_uploads
          SET next_offset = $3, lines = lines + $4, received = received + $5, accepted = accepted + $6,
              duplicates = duplicates + $7, conflicts = conflicts + $8, rejected = rejected + $9, updated_at = $10
        WHERE upload_id = $1 AND next_offset = $2 AND state = 'open'`,
      [
        ...[step.uploadId, step.fromOffset, step.toOffset, step.lines],
        ...[counts.received, counts.accepted, counts.duplicates, counts.conflicts, counts.rejected, step.at],
      ],
    );
    if (moved === 1) return;
    throw new DomainException(
      uploadErrors.UPLOAD_OFFSET_WRONG(`Upload ${step.uploadId} went on from ${step.fromOffset} elsewhere.`),
    );
  }

  async addFaults(tx: Tx, uploadId: string, faults: readonly UploadFault[]): Promise<void> {
    if (faults.length === 0) return;
    await tx.execute(
      `INSERT INTO usage_upload_faults (upload_id, line, event_id, status, fault)
       SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::json[])`,
      [
        uploadId,
        faults.map((one) => one.line),
        faults.map((one) => one.eventId),
        faults.map((one) => one.status),
        faults.map((one) => JSON.stringify(one.fault)),
      ],
    );
  }

  async complete(tx: Tx, uploadId: string, at: Date): Promise<void> {
    await tx.execute("UPDATE usage_uploads SET state = 'completed', updated_at = $2 WHERE upload_id = $1", [
      uploadId,
      at,
    ]);
  }
}

/** Reads a stored upload. */
export function toUpload(row: UploadRow): Upload {
  return {
    uploadId: row.upload_id,
    senderId: row.sender_id,
    name: row.name,
    state: row.state,
    nextOffset: Number(row.next_offset),
    lines: Number(row.lines),
    counts: {
      received: Number(row.received),
      accepted: Number(row.accepted),
      duplicates: Number(row.duplicates),
      conflicts: Number(row.conflicts),
      rejected: Number(row.rejected),
    },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
