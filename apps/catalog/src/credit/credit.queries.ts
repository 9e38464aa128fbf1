import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { creditFacts, type CreditFact, type CreditRecord, type Promptness } from './credit.js';

const PROMPTNESS = `count(*)::integer AS count,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY floor(extract(epoch FROM waited)))::integer AS "medianSeconds"`;

/** Measures the credit record of a participant from the facts there are. */
@Injectable()
export class CreditQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  of(id: string): Promise<CreditRecord> {
    return this.#database.withClient(async (client) => {
      const facts = await client.query<{ fact: CreditFact; count: number }>(
        'SELECT fact, count(*)::integer AS count FROM credit_facts WHERE participant_id = $1 GROUP BY fact',
        [id],
      );
      const demands = await client.query<Promptness>(
        `SELECT ${PROMPTNESS} FROM (SELECT min(a.answered_at) - d.posted_at AS waited
           FROM demand_answers a JOIN demands d ON d.id = a.demand_id WHERE a.merchant_id = $1 GROUP BY d.id) AS firsts`,
        [id],
      );
      const reviewers = await client.query<Promptness>(
        `SELECT ${PROMPTNESS} FROM (SELECT c.answered_at - c.written_at AS waited FROM review_comments c
           WHERE c.answered_at IS NOT NULL AND (c.aggregate_id = $1
             OR c.aggregate_id IN (SELECT p.id FROM products p WHERE p.merchant_id = $1))) AS answers`,
        [id],
      );
      const refreshes = await client.query<CreditRecord['refreshes']>(
        `SELECT count(*)::integer AS delivered,
           count(*) FILTER (WHERE r.due_at IS NOT NULL AND r.delivered_at > r.due_at)::integer AS late
         FROM product_refreshes r JOIN products p ON p.id = r.product_id WHERE p.merchant_id = $1`,
        [id],
      );
      const nothing = { count: 0, medianSeconds: null };
      return {
        facts: counted(facts.rows),
        answersToDemands: demands.rows[0] ?? nothing,
        answersToReviewers: reviewers.rows[0] ?? nothing,
        refreshes: refreshes.rows[0] ?? { delivered: 0, late: 0 },
      };
    });
  }
}

function counted(rows: readonly { fact: CreditFact; count: number }[]): CreditRecord['facts'] {
  const known = new Map(rows.map(({ fact, count }) => [fact, count]));
  return Object.fromEntries(creditFacts.map((fact) => [fact, known.get(fact) ?? 0])) as Record<CreditFact, number>;
}
