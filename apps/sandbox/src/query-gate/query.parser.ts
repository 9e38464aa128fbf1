import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { err, type Result } from '@hetao/kernel';
import { SqlSession } from '../compute/sql.session.js';
import type { GovernedTable } from '../enclave/column-policy.js';
import { highestOf } from '../isolation/isolation-level.js';
import { IsolationLadder } from '../isolation/isolation.ladder.js';
import { queryGateErrors, type QueryGateError } from './query-gate.errors.js';
import type { QueryPlan } from './query-plan.js';
import { gateQuery, maxSqlLength } from './sql-gate.js';

const PARSE_TIMEOUT_MS = 2_000;
const MEMORY_MIB = 128;

/**
 * Reads queries by DuckDB's own parser, in a process that holds no data and may die: the next query gets another. One text
 * is parsed at a time.
 */
@Injectable()
export class QueryParser implements BeforeApplicationShutdown {
  readonly #ladder: IsolationLadder;
  #session: Promise<Result<SqlSession, unknown>> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(ladder: IsolationLadder) {
    this.#ladder = ladder;
  }

  /** The plan of a query over these tables. @returns QUERY_REFUSED, QUERY_UNREADABLE, QUERY_GATE_BUSY. */
  async plan(sql: string, tables: readonly GovernedTable[]): Promise<Result<QueryPlan, QueryGateError>> {
    if (sql.length > maxSqlLength || sql.includes('\0')) {
      return err(queryGateErrors.QUERY_UNREADABLE(`The text has ${sql.length} characters.`, { pointer: '/sql' }));
    }
    const turn = this.#last.then(() => this.#parse(sql));
    this.#last = turn.catch(() => undefined);
    const tree = await turn;
    return tree.ok ? gateQuery(tree.value, tables) : tree;
  }

  async beforeApplicationShutdown(): Promise<void> {
    const session = await this.#session;
    if (session?.ok) session.value.kill();
  }

  async #parse(sql: string): Promise<Result<unknown, QueryGateError>> {
    this.#session ??= SqlSession.open(highestOf(this.#ladder.report()) ?? 'L0', {
      ...{ tables: [], memoryMib: MEMORY_MIB, threads: 1, timeoutMs: PARSE_TIMEOUT_MS },
    });
    const session = await this.#session;
    const tree = session.ok ? await session.value.parse(sql) : session;
    if (tree.ok) return tree;
    if (session.ok) session.value.kill();
    this.#session = undefined;
    return err(queryGateErrors.QUERY_GATE_BUSY('The process that reads queries was started anew.'));
  }
}
