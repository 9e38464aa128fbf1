import { err, ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { UnitOfWork } from '@hetao/persistence';
import { inclusionProof, ledgerGenesis, ledgerLeaf, nodesOfPath, pathFromNodes, type LedgerProof } from '@hetao/proofs';
import { afterCursor, cursorPage, type Page } from '@hetao/runtime';
import { Injectable } from '@nestjs/common';
import type { ChainHeadDto, ChainRowDto, ChainRowQueryDto, SegmentDto, SegmentQueryDto } from './chain.dto.js';
import { ledgerErrors, type LedgerError } from '../ledger/ledger.errors.js';
import { chainErrors, type ChainError } from './chain.errors.js';
import { ChainRepository } from './chain.repository.js';
import {
  ROW_COLUMNS,
  SEGMENT_COLUMNS,
  toLedgerRow,
  toSegment,
  type StoredRow,
  type StoredSegment,
} from './chain.rows.js';

type SealedRow = StoredRow & {
  readonly sequence: string;
  readonly segment_no: string;
  readonly row_hash: string;
  readonly before: string | null;
};

const SEALED = `
  SELECT ${ROW_COLUMNS}, s.sequence, s.segment_no, encode(s.hash, 'hex') AS row_hash,
         (SELECT encode(p.hash, 'hex') FROM ledger_seals p WHERE p.sequence = s.sequence - 1) AS before
    FROM ledger_transactions t JOIN ledger_seals s USING (transaction_no)`;

/** Reads the chain, each answer as of one moment. */
@Injectable()
export class ChainQueries {
  readonly #uow: UnitOfWork;
  readonly #chain: ChainRepository;

  constructor(uow: UnitOfWork, chain: ChainRepository) {
    this.#uow = uow;
    this.#chain = chain;
  }

  head(): Promise<ChainHeadDto> {
    return this.#read(async (tx) => {
      const last = await this.#chain.last(tx);
      const [waiting] = await tx.query<{ batches: string }>('SELECT count(*) AS batches FROM ledger_unsealed');
      return {
        segments: Number(last?.segment_no ?? 0),
        root: last?.root ?? null,
        hash: last?.hash ?? null,
        sequence: Number(last?.last_sequence ?? 0),
        sealed_at: last?.sealed_text ?? null,
        unsealed: Number(waiting?.batches ?? 0),
      };
    });
  }

  /** Segments from the first on, for whoever recomputes the chain. */
  segments(query: SegmentQueryDto): Promise<Page<SegmentDto>> {
    const [after = 0] = afterCursor(query.cursor) ?? [];
    return this.#read(async (tx) => {
      const rows = await tx.query<StoredSegment>(
        `SELECT ${SEGMENT_COLUMNS} FROM ledger_segments WHERE segment_no > $1 ORDER BY segment_no LIMIT $2`,
        [after, query.limit + 1],
      );
      const page = cursorPage(rows, query.limit, (row) => [Number(row.segment_no)]);
      return { ...page, data: page.data.map((row) => ({ ...toSegment(row), hash: row.hash, root: row.root })) };
    });
  }

  /** Sealed rows in their order, each with its hash and the one before it. */
  rows(query: ChainRowQueryDto): Promise<Page<ChainRowDto>> {
    const filter = { after: query.after };
    const [after = query.after] = afterCursor(query.cursor, filter) ?? [];
    return this.#read(async (tx) => {
      const sql = `${SEALED} WHERE s.sequence > $1 ORDER BY s.sequence LIMIT $2`;
      const rows = await tx.query<SealedRow>(sql, [after, query.limit + 1]);
      const page = cursorPage(rows, query.limit, (row) => [Number(row.sequence)], filter);
      return {
        ...page,
        data: page.data.map((row) => ({
          sequence: Number(row.sequence),
          previous: row.before ?? ledgerGenesis,
          hash: row.row_hash,
          segment: Number(row.segment_no),
          row: { ...toLedgerRow(row), entries: [...toLedgerRow(row).entries] },
        })),
      };
    });
  }

  /** The proof that a transaction stands in the ledger under its newest head. */
  proof(transactionId: string): Promise<Result<LedgerProof, ChainError | LedgerError>> {
    return this.#read(async (tx) => {
      const [row] = await tx.query<SealedRow>(`${SEALED} WHERE t.transaction_id = $1`, [transactionId]);
      if (row === undefined) return this.#unproven(tx, transactionId);
      const [stored] = await tx.query<StoredSegment>(
        `SELECT ${SEGMENT_COLUMNS} FROM ledger_segments WHERE segment_no = $1`,
        [row.segment_no],
      );
      const last = await this.#chain.last(tx);
      if (stored === undefined || last === null) throw new Error(`Segment ${row.segment_no} of the ledger is missing.`);
      const segment = toSegment(stored);
      const segments = Number(last.segment_no);
      const leaves = await this.#leaves(tx, segment.first_sequence, segment.last_sequence);
      const nodes = await this.#chain.nodes(tx, nodesOfPath(segment.no - 1, segments));
      const sequence = Number(row.sequence);
      return ok({
        form: 'hetao-ledger-1',
        row: toLedgerRow(row),
        sequence,
        previous: row.before ?? ledgerGenesis,
        hash: row.row_hash,
        row_path: inclusionProof(leaves, sequence - segment.first_sequence),
        segment,
        segment_path: pathFromNodes(segment.no - 1, segments, nodes),
        head: { segments, root: last.root },
      });
    });
  }

  async #leaves(tx: Tx, first: number, last: number): Promise<readonly string[]> {
    const rows = await tx.query<{ hash: string }>(
      `SELECT encode(hash, 'hex') AS hash FROM ledger_seals WHERE sequence BETWEEN $1 AND $2 ORDER BY sequence`,
      [first, last],
    );
    return rows.map(({ hash }) => ledgerLeaf(hash));
  }

  async #unproven(tx: Tx, transactionId: string): Promise<Result<never, ChainError | LedgerError>> {
    const known = await tx.query('SELECT 1 FROM ledger_transactions WHERE transaction_id = $1', [transactionId]);
    return err(
      known.length === 0
        ? ledgerErrors.LEDGER_TRANSACTION_NOT_FOUND(`There is no journal transaction ${transactionId}.`)
        : chainErrors.LEDGER_NOT_SEALED(`Transaction ${transactionId} is recorded and waits to be sealed.`),
    );
  }

  #read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#uow.run(work, { isolation: 'repeatable read' });
  }
}
