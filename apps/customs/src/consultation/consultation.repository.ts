import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { ConsultationStatus, Message } from './consultation.js';

export interface Thread {
  readonly id: string;
  readonly organisationId: string;
  readonly status: ConsultationStatus;
  readonly messages: number;
}
interface Written extends Message {
  readonly author: string;
  readonly authorName: string | null;
  readonly officer: boolean;
  readonly at: Date;
}

@Injectable()
export class ConsultationRepository {
  async load(tx: Tx, id: string): Promise<Thread | null> {
    const [thread] = await tx.query<Thread>(
      `SELECT id, organisation_id AS "organisationId", status,
         (SELECT count(*)::int FROM consultation_messages WHERE consultation_id = $1) AS messages
       FROM consultations WHERE id = $1 FOR UPDATE OF consultations`,
      [id],
    );
    return thread ?? null;
  }

  async open(
    tx: Tx,
    thread: { id: string; organisationId: string; declarationId: string | null; subject: string },
    at: Date,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO consultations (id, organisation_id, declaration_id, subject, status, opened_at, changed_at)
       VALUES ($1, $2, $3, $4, 'open', $5, $5)`,
      [thread.id, thread.organisationId, thread.declarationId, thread.subject, at],
    );
  }

  async write(tx: Tx, id: string, number: number, message: Written): Promise<void> {
    await tx.execute(
      `INSERT INTO consultation_messages (consultation_id, number, from_officer, author, author_name, text, citations, attachments, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        number,
        message.officer,
        message.author,
        message.authorName,
        message.text,
        message.citations,
        JSON.stringify(message.attachments),
        message.at,
      ],
    );
  }

  async setStatus(tx: Tx, id: string, status: ConsultationStatus, at: Date): Promise<void> {
    await tx.execute('UPDATE consultations SET status = $2, changed_at = $3 WHERE id = $1', [id, status, at]);
  }

  /** Hashes of the files that are kept with a consultation. */
  async filesOf(tx: Tx, id: string): Promise<readonly string[]> {
    const rows = await tx.query<{ sha256: string }>(
      'SELECT sha256 FROM consultation_files WHERE consultation_id = $1',
      [id],
    );
    return rows.map(({ sha256 }) => sha256);
  }

  async keepFile(
    tx: Tx,
    id: string,
    file: { sha256: string; name: string; mediaType: string; size: number; content: Uint8Array },
    { by, at }: { readonly by: string; readonly at: Date },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO consultation_files (consultation_id, sha256, name, media_type, size, content, sent_by, sent_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, file.sha256, file.name, file.mediaType, file.size, Buffer.from(file.content), by, at],
    );
  }
}
