import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { seesEveryTenant, type Reader } from '../shared/reader.js';
import type { ConsultationDto, FileDto, PrecedentDto, PrecedentReviewDto, SummaryDto } from './consultation.dto.js';
import { consultationErrors } from './consultation.errors.js';
import { MAX_MESSAGES } from './consultation.js';

type PageQuery = { readonly limit: number; readonly cursor?: string | undefined };
type Dated<T, K extends keyof T> = Omit<T, K> & Record<K, Date>;

const SUMMARY = 'id, subject, declaration_id, status, opened_at, changed_at';

/** Reads threads: one's own, all for the exchange; precedents are for everybody. */
@Injectable()
export class ConsultationQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: PageQuery, reader: Reader): Promise<Page<SummaryDto>> {
    const before = afterCursor(query.cursor, {})?.[0] ?? null;
    const rows = await this.#read<Dated<SummaryDto, 'opened_at' | 'changed_at'>>(
      `SELECT ${SUMMARY} FROM consultations WHERE ($1 OR organisation_id = $2) AND ($3::text IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [seesEveryTenant(reader), reader.organisationId, before, query.limit + 1],
    );
    return cursorPage(rows.map(toSummary), query.limit, ({ id }) => [id]);
  }

  async get(id: string, reader: Reader): Promise<Result<ConsultationDto, DomainError>> {
    const [thread] = await this.#read<Dated<SummaryDto, 'opened_at' | 'changed_at'>>(
      `SELECT ${SUMMARY} FROM consultations WHERE ($1 OR organisation_id = $2) AND id = $3`,
      [seesEveryTenant(reader), reader.organisationId, id],
    );
    if (thread === undefined) {
      return err(consultationErrors.CONSULTATION_UNKNOWN(`There is no consultation ${id} that you may see.`));
    }
    const messages = await this.#read<Dated<ConsultationDto['messages'][number], 'at'>>(
      `SELECT number, from_officer, author_name, text, citations, attachments, at FROM consultation_messages
       WHERE consultation_id = $1 ORDER BY number LIMIT $2`,
      [id, MAX_MESSAGES],
    );
    const files = await this.#read<FileDto>(
      'SELECT sha256, name, media_type, size FROM consultation_files WHERE consultation_id = $1 ORDER BY sent_at, sha256',
      [id],
    );
    const told = messages.map((each) => ({ ...each, at: each.at.toISOString() }));
    return ok({ ...toSummary(thread), messages: told, files });
  }

  async precedents(query: PageQuery & { readonly q?: string | undefined }): Promise<Page<PrecedentDto>> {
    const filter = { q: query.q };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const rows = await this.#read<Dated<PrecedentDto, 'published_at'>>(
      `SELECT id, question, answer, citations, rule_set_version, published_at FROM precedents
       WHERE status = 'published' AND ($1::text IS NULL OR search @@ plainto_tsquery('simple', search_terms($1)))
         AND ($2::text IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [query.q ?? null, before, query.limit + 1],
    );
    const data = rows.map((row) => ({ ...row, published_at: row.published_at.toISOString() }));
    return cursorPage(data, query.limit, ({ id }) => [id], filter);
  }

  /** Precedents that wait for an officer to approve them. */
  async drafts(query: PageQuery): Promise<Page<PrecedentReviewDto>> {
    const before = afterCursor(query.cursor, {})?.[0] ?? null;
    const rows = await this.#read<PrecedentReviewDto>(
      `SELECT id, question, answer, citations, replaced FROM precedents
       WHERE status = 'draft' AND ($1::text IS NULL OR id < $1) ORDER BY id DESC LIMIT $2`,
      [before, query.limit + 1],
    );
    return cursorPage(rows, query.limit, ({ id }) => [id]);
  }

  /** One file of a consultation, for those who take part in it. */
  async file(id: string, sha256: string, reader: Reader): Promise<Result<FileDto & { content: Buffer }, DomainError>> {
    const [row] = await this.#read<FileDto & { content: Buffer }>(
      `SELECT sha256, name, media_type, size, content FROM consultation_files JOIN consultations ON id = consultation_id
       WHERE consultation_id = $3 AND sha256 = $4 AND ($1 OR organisation_id = $2)`,
      [seesEveryTenant(reader), reader.organisationId, id, sha256],
    );
    return row === undefined
      ? err(consultationErrors.CONSULTATION_FILE_UNKNOWN(`Consultation ${id} has no file ${sha256} that you may see.`))
      : ok(row);
  }

  async #read<R extends object>(sql: string, params: unknown[]): Promise<R[]> {
    const { rows } = await this.#database.withClient((client) => client.query(sql, params));
    return rows as R[];
  }
}

function toSummary(row: Dated<SummaryDto, 'opened_at' | 'changed_at'>): SummaryDto {
  return { ...row, opened_at: row.opened_at.toISOString(), changed_at: row.changed_at.toISOString() };
}
