import { Inject, Injectable } from '@nestjs/common';
import { err, ok, seesEveryTenant, type DomainError, type Reader, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type CallerIdentity, type Page } from '@hetao/runtime';
import type { z } from 'zod';
import type { SignedCheckpoint } from '../recording/checkpoint.signature.js';
import { toSessionDto, type DeedDto, type SessionDto, type sessionQuery } from './session.dto.js';
import { unknownSession } from './session.use-cases.js';
import type { PixelSession } from './session.js';

/** Reads sessions: of the organisation that looks, of the custodian whose data is looked at, all of them for who runs the exchange. */
@Injectable()
export class SessionQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: z.output<typeof sessionQuery>, reader: Reader): Promise<Page<SessionDto>> {
    const filter = { status: query.status };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const rows = await this.#rows<{ content: PixelSession }>(
      `SELECT content FROM pixel_sessions
       WHERE ($1 OR $2 IN (organisation_id, custodian_id)) AND ($3::text IS NULL OR status = $3)
         AND ($4::text IS NULL OR id < $4) ORDER BY id DESC LIMIT $5`,
      [seesEveryTenant(reader), reader.organisationId, query.status ?? null, before, query.limit + 1],
    );
    const sessions = rows.map(({ content }) => toSessionDto(content));
    return cursorPage(sessions, query.limit, ({ id }) => [id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<PixelSession, DomainError>> {
    const session = await this.find(id);
    const tenants = [session?.organisationId, session?.grounds.custodianId];
    const mayRead = seesEveryTenant(reader) || tenants.includes(reader.organisationId);
    return session === null || !mayRead ? err(unknownSession(id)) : ok(session);
  }

  /** For those who may look at what was shown: the custodian of the data, and who runs or audits the exchange. */
  async reviewed(id: string, reader: Reader): Promise<Result<PixelSession, DomainError>> {
    const session = await this.find(id);
    const mayReview = seesEveryTenant(reader) || session?.grounds.custodianId === reader.organisationId;
    return session === null || !mayReview ? err(unknownSession(id)) : ok(session);
  }

  /** For the person who looks, signed in as himself. */
  async own(id: string, caller: CallerIdentity): Promise<Result<PixelSession, DomainError>> {
    const session = await this.find(id);
    const isOwn = session?.person === caller.subject && caller.via === 'session';
    return session === null || !isOwn ? err(unknownSession(id)) : ok(session);
  }

  async find(id: string): Promise<PixelSession | null> {
    const rows = await this.#rows<{ content: PixelSession }>('SELECT content FROM pixel_sessions WHERE id = $1', [id]);
    return rows[0]?.content ?? null;
  }

  /** Whose screen carried this mark; the latest, should the numbers have gone round. */
  async byEpoch(epoch: number): Promise<PixelSession | null> {
    const rows = await this.#rows<{ content: PixelSession }>(
      'SELECT content FROM pixel_sessions WHERE first_epoch BETWEEN $1 - 48 AND $1 ORDER BY created_at DESC LIMIT 1',
      [epoch],
    );
    return rows[0]?.content ?? null;
  }

  history(id: string): Promise<readonly DeedDto[]> {
    return this.#rows<DeedDto>(
      `SELECT number, command, status, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
         by_subject AS by, note FROM pixel_session_history WHERE session_id = $1 ORDER BY number LIMIT 1000`,
      [id],
    );
  }

  /** In their order; eight hours have 640 of them. */
  async checkpoints(id: string): Promise<readonly SignedCheckpoint[]> {
    const rows = await this.#rows<{ content: SignedCheckpoint }>(
      'SELECT content FROM recording_checkpoints WHERE session_id = $1 ORDER BY number',
      [id],
    );
    return rows.map(({ content }) => content);
  }

  async #rows<R extends object>(sql: string, values: readonly unknown[]): Promise<R[]> {
    return this.#database.withClient(async (client) => (await client.query<R>(sql, [...values])).rows);
  }
}
