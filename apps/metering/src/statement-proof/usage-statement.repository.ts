import { Injectable } from '@nestjs/common';
import type { Queryable } from '@hetao/clearance';
import type { ProvenUsage, SignedUsageStatement, UsageData, UsageStatement } from '@hetao/proofs';
import type { Tx } from '@hetao/persistence';
import { firstBatchNo, receiptDay } from '../storage/batch-no.js';
import { formatInstant } from '../window/instant.js';

interface StatementRow {
  readonly statement: UsageStatement;
  readonly signature: string;
}

/** What statements were signed, and over which leaves. */
@Injectable()
export class UsageStatementRepository {
  /** The statement that stands for exactly this window, if any. */
  async current(
    client: Queryable,
    agreementId: string,
    fromMs: number,
    untilMs: number,
  ): Promise<SignedUsageStatement | undefined> {
    const { rows } = await client.query<StatementRow>(
      `SELECT statement, signature FROM usage_statements
        WHERE agreement_id = $1 AND window_start = $2 AND window_end = $3 AND is_current`,
      [agreementId, formatInstant(fromMs), formatInstant(untilMs)],
    );
    return rows[0];
  }

  /** Keeps a statement; the one it takes the place of stays, but stands no more. */
  async add(tx: Tx, { statement, signature }: SignedUsageStatement, leaves: readonly string[]): Promise<void> {
    await tx.execute('UPDATE usage_statements SET is_current = false WHERE statement_id = $1', [statement.supersedes]);
    // Of two that sign the same window at the same time the second is run again, and finds the first.
    await tx.execute(
      `INSERT INTO usage_statements (statement_id, agreement_id, window_start, window_end, events, root_hash, statement,
                                     signature, leaves, is_current, signed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, $10) ON CONFLICT DO NOTHING`,
      [
        ...[statement.statement_id, statement.agreement_id, statement.window_start, statement.window_end],
        ...[statement.events, statement.root_hash, JSON.stringify(statement), signature],
        ...[Buffer.from(leaves.join(''), 'hex'), statement.signed_at],
      ],
    );
  }

  async find(client: Queryable, statementId: string): Promise<SignedUsageStatement | undefined> {
    const { rows } = await client.query<StatementRow>(
      'SELECT statement, signature FROM usage_statements WHERE statement_id = $1',
      [statementId],
    );
    return rows[0];
  }

  /** The leaves of a statement, in the order of the tree. */
  async leaves(client: Queryable, statementId: string): Promise<readonly string[]> {
    const { rows } = await client.query<{ leaves: Buffer }>(
      'SELECT leaves FROM usage_statements WHERE statement_id = $1',
      [statementId],
    );
    return rows[0]?.leaves.toString('hex').match(/.{64}/g) ?? [];
  }

  /** Statements of an agreement in the order in which they were signed, after one of them. */
  async list(
    client: Queryable,
    agreementId: string,
    after: string,
    limit: number,
  ): Promise<readonly SignedUsageStatement[]> {
    const { rows } = await client.query<StatementRow>(
      `SELECT statement, signature FROM usage_statements
        WHERE agreement_id = $1 AND statement_id > $2 ORDER BY statement_id LIMIT $3`,
      [agreementId, after, limit],
    );
    return rows;
  }

  /** Everything an event said within the window of a statement: as it was received, and after each correction. */
  async versionsOf(
    client: Queryable,
    { agreement_id: agreementId, window_start: from, window_end: until }: UsageStatement,
    key: { readonly source: string; readonly id: string },
  ): Promise<readonly ProvenUsage[]> {
    const low = firstBatchNo(Math.max(receiptDay(Date.parse(from)) - 1, 0));
    const { rows } = await client.query<{ event_time: Date; data: UsageData }>(
      `SELECT event_time, data FROM usage_records
        WHERE agreement_id = $1 AND source = $2 AND event_id = $3 AND event_time >= $4 AND event_time < $5
          AND batch_no >= $6
       UNION ALL
       SELECT v.event_time, v.data
         FROM usage_sources s JOIN usage_revisions v ON v.source_no = s.source_no AND v.event_id = $3
         JOIN usage_agreements a USING (agreement_no)
        WHERE s.source = $2 AND a.agreement_id = $1 AND v.event_time >= $4 AND v.event_time < $5 AND NOT v.is_void`,
      [agreementId, key.source, key.id, from, until, low],
    );
    return rows.map(({ event_time: time, data }) => ({ ...key, subject: agreementId, time: time.toISOString(), data }));
  }
}
