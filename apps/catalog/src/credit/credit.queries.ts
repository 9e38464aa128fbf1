import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import {
  creditFacts,
  type AccessRequests,
  type CreditEntry,
  type CreditEntryKind,
  type CreditFact,
  type CreditRecord,
  type Promptness,
} from './credit.js';

const FACTS = `SELECT reference, at, NULL::integer AS seconds, outcome FROM credit_facts
  WHERE participant_id = $1 AND fact = $2::text`;

/** What each number is counted from, of the participant $1: the record counts these very rows, and a reader opens them. */
const ENTRIES: Readonly<Record<Exclude<CreditEntryKind, CreditFact>, string>> = {
  access_request: `SELECT request_id AS reference, requested_at AS at, answer AS outcome,
      CASE WHEN answer IN ('agreed', 'countered', 'declined') THEN ${seconds('answered_at - requested_at')} END AS seconds
    FROM credit_requests WHERE merchant_id = $1`,
  answer_to_demand: `SELECT d.id AS reference, min(a.answered_at) AS at, NULL::text AS outcome,
      ${seconds('min(a.answered_at) - d.posted_at')} AS seconds
    FROM demand_answers a JOIN demands d ON d.id = a.demand_id WHERE a.merchant_id = $1 GROUP BY d.id`,
  answer_to_reviewer: `SELECT c.id AS reference, c.answered_at AS at, NULL::text AS outcome,
      ${seconds('c.answered_at - c.written_at')} AS seconds
    FROM review_comments c WHERE c.answered_at IS NOT NULL AND (c.aggregate_id = $1
      OR c.aggregate_id IN (SELECT p.id FROM products p WHERE p.merchant_id = $1))`,
  refresh: `SELECT r.product_id AS reference, r.delivered_at AS at, NULL::integer AS seconds,
      CASE WHEN r.due_at IS NULL THEN NULL WHEN r.delivered_at > r.due_at THEN 'late' ELSE 'in_time' END AS outcome
    FROM product_refreshes r JOIN products p ON p.id = r.product_id WHERE p.merchant_id = $1`,
};

/** How often, and the median of what took its time. */
const PROMPTNESS = `count(seconds)::integer AS count,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds)::integer AS "medianSeconds"`;

/** Measures the credit record of a participant from the facts there are. */
@Injectable()
export class CreditQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async of(id: string): Promise<CreditRecord> {
    const [facts, requests, answersToDemands, answersToReviewers, refreshes] = await Promise.all([
      this.#facts(id),
      this.#one<Promptness & Omit<AccessRequests, 'answered'>>(
        `SELECT count(*)::integer AS asked, count(*) FILTER (WHERE outcome = 'expired')::integer AS expired, ${PROMPTNESS}
         FROM (${ENTRIES.access_request}) AS entries`,
        id,
      ),
      this.#one<Promptness>(`SELECT ${PROMPTNESS} FROM (${ENTRIES.answer_to_demand}) AS entries`, id),
      this.#one<Promptness>(`SELECT ${PROMPTNESS} FROM (${ENTRIES.answer_to_reviewer}) AS entries`, id),
      this.#one<CreditRecord['refreshes']>(
        `SELECT count(*)::integer AS delivered, count(*) FILTER (WHERE outcome = 'late')::integer AS late
         FROM (${ENTRIES.refresh}) AS entries`,
        id,
      ),
    ]);
    const { asked, expired, ...answered } = requests;
    const accessRequests = { asked, answered, expired };
    return { facts, accessRequests, answersToDemands, answersToReviewers, refreshes };
  }

  /** What a number was counted from, the latest first. */
  async entries(
    id: string,
    kind: CreditEntryKind,
    page: { readonly after: readonly [at: string, reference: string] | null; readonly limit: number },
  ): Promise<readonly CreditEntry[]> {
    const [at, reference] = page.after ?? [null, null];
    // Of the facts alone the kind is part of what is asked; PostgreSQL wants to be told what it is all the same.
    const isFact = (creditFacts as readonly string[]).includes(kind);
    const entries = isFact ? FACTS : ENTRIES[kind as keyof typeof ENTRIES];
    const { rows } = await this.#database.withClient((client) =>
      client.query<CreditEntry>(
        `SELECT reference, at, seconds, outcome FROM (${entries}) AS entries
         WHERE $2::text IS NOT NULL AND ($3::timestamptz IS NULL OR (at, reference) < ($3, $4::text))
         ORDER BY at DESC, reference DESC LIMIT $5`,
        [id, kind, at, reference, page.limit],
      ),
    );
    return rows;
  }

  async #facts(id: string): Promise<CreditRecord['facts']> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ fact: CreditFact; count: number }>(
        'SELECT fact, count(*)::integer AS count FROM credit_facts WHERE participant_id = $1 GROUP BY fact',
        [id],
      ),
    );
    const known = new Map(rows.map(({ fact, count }) => [fact, count]));
    return Object.fromEntries(creditFacts.map((fact) => [fact, known.get(fact) ?? 0])) as Record<CreditFact, number>;
  }

  /** The one row that an aggregate always has. */
  async #one<Row extends object>(sql: string, id: string): Promise<Row> {
    const { rows } = await this.#database.withClient((client) => client.query<Row>(sql, [id]));
    const [row] = rows;
    if (row === undefined) throw new Error('An aggregate without a row.');
    return row;
  }
}

/** Whole seconds of an interval. */
function seconds(interval: string): string {
  return `floor(extract(epoch FROM ${interval}))::integer`;
}
