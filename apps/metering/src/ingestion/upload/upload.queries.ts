import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { ItemFault } from '../submission.types.js';
import { toUpload, type Upload, type UploadFault, type UploadRow } from './upload.repository.js';

/** Reads uploads, and the lines that were refused. */
@Injectable()
export class UploadQueries {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Newest first. @param after creation time and id of the last one of the page before. */
  async list(senderId: string, after: readonly [Date, string] | undefined, limit: number): Promise<readonly Upload[]> {
    const { rows } = await this.database.withClient((client) =>
      client.query<UploadRow>(
        `SELECT * FROM usage_uploads
          WHERE sender_id = $1 AND ($2::timestamptz IS NULL OR (created_at, upload_id) < ($2, $3))
          ORDER BY created_at DESC, upload_id DESC LIMIT $4`,
        [senderId, after?.[0] ?? null, after?.[1] ?? null, limit],
      ),
    );
    return rows.map(toUpload);
  }

  /** Refused lines after the given one, in order. */
  async faults(uploadId: string, afterLine: number, limit: number): Promise<readonly UploadFault[]> {
    const { rows } = await this.database.withClient((client) =>
      client.query<{ line: string; event_id: string | null; status: UploadFault['status']; fault: ItemFault }>(
        `SELECT line, event_id, status, fault FROM usage_upload_faults
          WHERE upload_id = $1 AND line > $2 ORDER BY line LIMIT $3`,
        [uploadId, afterLine, limit],
      ),
    );
    return rows.map(({ line, event_id: eventId, status, fault }) => ({ line: Number(line), eventId, status, fault }));
  }
}
