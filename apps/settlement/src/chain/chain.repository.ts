import type { Tx } from '@hetao/persistence';
import { nodeKey, type LedgerSegment, type NodeHashes, type TreeNode } from '@hetao/proofs';
import { Injectable } from '@nestjs/common';
import { ROW_COLUMNS, SEGMENT_COLUMNS, type StoredRow, type StoredSegment } from './chain.rows.js';

/** A segment that is about to be sealed, and the rows in it in their order. */
export interface NewSegment extends LedgerSegment {
  readonly hash: string;
  readonly root: string;
  readonly nodes: readonly TreeNode[];
  readonly rows: readonly { readonly sequence: number; readonly transactionNo: string; readonly hash: string }[];
}

/** Batches of one statement each have 1,000 rows at most; one written by hand is sealed over several turns. */
const BATCHES = 8;
const ROWS = 10_000;

const UNSEALED = `
  WITH batches AS (SELECT first_no, last_no FROM ledger_unsealed ORDER BY first_no, batch_no LIMIT ${BATCHES})
  SELECT ${ROW_COLUMNS} FROM ledger_transactions t
   WHERE t.transaction_no IN (SELECT x.transaction_no FROM batches b JOIN ledger_transactions x
                                  ON x.transaction_no BETWEEN b.first_no AND b.last_no
                               WHERE NOT EXISTS (SELECT 1 FROM ledger_seals s WHERE s.transaction_no = x.transaction_no))
   ORDER BY t.transaction_no LIMIT ${ROWS}`;

/** The chain as it is kept, and what is not in it yet. */
@Injectable()
export class ChainRepository {
  /** Makes this transaction the only one that seals. False when another one does. */
  async claim(tx: Tx): Promise<boolean> {
    const [row] = await tx.query<{ claimed: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.ledger.seal', 0)) AS claimed`,
    );
    return row?.claimed === true;
  }

  /** Transactions that are committed and not sealed, lowest number first. Those committed later get later places. */
  unsealed(tx: Tx): Promise<readonly StoredRow[]> {
    return tx.query<StoredRow>(UNSEALED);
  }

  async last(tx: Tx): Promise<StoredSegment | null> {
    const sql = `SELECT ${SEGMENT_COLUMNS} FROM ledger_segments ORDER BY segment_no DESC LIMIT 1`;
    const [row] = await tx.query<StoredSegment>(sql);
    return row ?? null;
  }

  async nodes(tx: Tx, wanted: readonly { readonly level: number; readonly index: number }[]): Promise<NodeHashes> {
    const rows = await tx.query<{ level: number; place: string; hash: string }>(
      `SELECT n.level, n.place, encode(n.hash, 'hex') AS hash FROM ledger_chain_nodes n
         JOIN unnest($1::smallint[], $2::bigint[]) AS w(level, place) USING (level, place)`,
      [wanted.map(({ level }) => level), wanted.map(({ index }) => index)],
    );
    return new Map(rows.map(({ level, place, hash }) => [nodeKey({ level, index: Number(place) }), hash]));
  }

  async add(tx: Tx, segment: NewSegment): Promise<void> {
    await tx.execute(
      `INSERT INTO ledger_segments (segment_no, first_sequence, last_sequence, rows_root, last_row, previous, hash, root, sealed_at)
       VALUES ($1, $2, $3, decode($4, 'hex'), decode($5, 'hex'), decode($6, 'hex'), decode($7, 'hex'), decode($8, 'hex'), $9)`,
      [
        segment.no,
        segment.first_sequence,
        segment.last_sequence,
        segment.rows_root,
        segment.last_row,
        segment.previous,
        segment.hash,
        segment.root,
        segment.sealed_at,
      ],
    );
    await tx.execute(
      `INSERT INTO ledger_seals (sequence, transaction_no, segment_no, hash)
       SELECT r.sequence, r.transaction_no, $4, decode(r.hash, 'hex')
         FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS r(sequence, transaction_no, hash)`,
      [
        segment.rows.map(({ sequence }) => sequence),
        segment.rows.map(({ transactionNo }) => transactionNo),
        segment.rows.map(({ hash }) => hash),
        segment.no,
      ],
    );
    await tx.execute(
      `INSERT INTO ledger_chain_nodes (level, place, hash)
       SELECT n.level, n.place, decode(n.hash, 'hex') FROM unnest($1::smallint[], $2::bigint[], $3::text[]) AS n(level, place, hash)`,
      [
        segment.nodes.map(({ level }) => level),
        segment.nodes.map(({ index }) => index),
        segment.nodes.map(({ hash }) => hash),
      ],
    );
  }

  /** Takes off the list of the unsealed what is sealed by now. */
  async tidy(tx: Tx): Promise<void> {
    await tx.execute(
      `DELETE FROM ledger_unsealed u USING (SELECT batch_no, first_no, last_no FROM ledger_unsealed
                                             ORDER BY first_no, batch_no LIMIT ${BATCHES}) b
        WHERE u.batch_no = b.batch_no AND NOT EXISTS (
          SELECT 1 FROM ledger_transactions t WHERE t.transaction_no BETWEEN b.first_no AND b.last_no
             AND NOT EXISTS (SELECT 1 FROM ledger_seals s WHERE s.transaction_no = t.transaction_no))`,
    );
  }
}
