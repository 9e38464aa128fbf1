import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import type { Database, Tx } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import type { ReviewComment } from './comment.js';
import { commentErrors, type CommentError } from './comment.errors.js';

const MAX_COMMENTS = 200;
const COLUMNS = `id, aggregate_id AS "aggregateId", pointer, text, written_by AS "writtenBy", written_at AS "writtenAt",
  answer, answered_by AS "answeredBy", answered_at AS "answeredAt"`;

/** Comments of reviewers on products and participants. Who may write or answer is decided before. */
@Injectable()
export class CommentRepository {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(@Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Every comment of an aggregate, oldest first; their number is bounded. */
  async of(aggregateId: string): Promise<readonly ReviewComment[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<ReviewComment>(`SELECT ${COLUMNS} FROM review_comments WHERE aggregate_id = $1 ORDER BY id`, [
        aggregateId,
      ]),
    );
    return rows;
  }

  /** How many nobody has answered yet. */
  async open(tx: Tx, aggregateId: string): Promise<number> {
    const [row] = await tx.query<{ open: number }>(
      'SELECT count(*)::integer AS open FROM review_comments WHERE aggregate_id = $1 AND answer IS NULL',
      [aggregateId],
    );
    return row?.open ?? 0;
  }

  /** Writes a comment. The caller holds the aggregate's row, so the bound cannot be raced past. */
  async write(
    tx: Tx,
    comment: Pick<ReviewComment, 'aggregateId' | 'pointer' | 'text' | 'writtenBy'>,
  ): Promise<Result<ReviewComment, CommentError>> {
    const { aggregateId, pointer, text, writtenBy } = comment;
    const [counted] = await tx.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM review_comments WHERE aggregate_id = $1',
      [aggregateId],
    );
    if ((counted?.count ?? 0) >= MAX_COMMENTS) {
      return err(commentErrors.COMMENTS_TOO_MANY(`${aggregateId} has ${MAX_COMMENTS} comments.`));
    }
    const written = { id: newId('cmt'), ...comment, writtenAt: this.#clock.now() };
    await tx.execute(
      `INSERT INTO review_comments (id, aggregate_id, pointer, text, written_by, written_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [written.id, aggregateId, pointer, text, writtenBy, written.writtenAt],
    );
    return ok({ ...written, answer: null, answeredBy: null, answeredAt: null });
  }

  /** Answers a comment, once. */
  async answer(
    tx: Tx,
    aggregateId: string,
    reply: { readonly id: string; readonly answer: string; readonly by: string },
  ): Promise<Result<ReviewComment, CommentError>> {
    const [answered] = await tx.query<ReviewComment>(
      `UPDATE review_comments SET answer = $3, answered_by = $4, answered_at = $5
       WHERE id = $1 AND aggregate_id = $2 AND answer IS NULL RETURNING ${COLUMNS}`,
      [reply.id, aggregateId, reply.answer, reply.by, this.#clock.now()],
    );
    if (answered !== undefined) return ok(answered);
    const known = await tx.query('SELECT 1 FROM review_comments WHERE id = $1 AND aggregate_id = $2', [
      reply.id,
      aggregateId,
    ]);
    return err(
      known.length === 0
        ? commentErrors.COMMENT_UNKNOWN(`${aggregateId} has no comment ${reply.id}.`)
        : commentErrors.COMMENT_ANSWERED(`Comment ${reply.id} has its answer.`),
    );
  }
}
