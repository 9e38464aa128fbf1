import type { Clock } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import {
  ledgerGenesis,
  ledgerLeaf,
  ledgerRowHash,
  ledgerSegmentHash,
  merkleRoot,
  nodeKey,
  nodesCompletedBy,
  nodesOfRoot,
  rootFromNodes,
  type LedgerSegment,
} from '@hetao/proofs';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { ChainRepository, type NewSegment } from './chain.repository.js';
import { toLedgerRow, type StoredRow, type StoredSegment } from './chain.rows.js';

/**
 * Seals what was recorded since the last time into the chain of hashes. Postings do not wait for it, and it takes no
 * lock that they take.
 */
@Injectable()
export class SealLedger {
  readonly #uow: UnitOfWork;
  readonly #chain: ChainRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, chain: ChainRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#chain = chain;
    this.#clock = clock;
  }

  /** Seals one segment. @returns how many transactions it holds; none when nothing waits or somebody else seals. */
  execute(): Promise<number> {
    return this.#uow.run(async (tx) => {
      if (!(await this.#chain.claim(tx))) return 0;
      const rows = await this.#chain.unsealed(tx);
      if (rows.length > 0) await this.#chain.add(tx, await this.#segmentOf(tx, rows));
      await this.#chain.tidy(tx);
      return rows.length;
    });
  }

  async #segmentOf(tx: Tx, stored: readonly StoredRow[]): Promise<NewSegment> {
    const last = await this.#chain.last(tx);
    const rows = chained(stored, last);
    const segment: LedgerSegment = {
      no: Number(last?.segment_no ?? 0) + 1,
      first_sequence: Number(last?.last_sequence ?? 0) + 1,
      last_sequence: Number(last?.last_sequence ?? 0) + rows.length,
      rows_root: merkleRoot(rows.map(({ hash }) => ledgerLeaf(hash))),
      last_row: rows.at(-1)?.hash ?? ledgerGenesis,
      previous: last?.hash ?? ledgerGenesis,
      // Milliseconds told in the form of the column, so that what is hashed is what is read back.
      sealed_at: this.#clock.now().toISOString().replace('Z', '000Z'),
    };
    const hash = ledgerSegmentHash(segment);
    const before = await this.#chain.nodes(tx, nodesOfRoot(segment.no - 1));
    const nodes = nodesCompletedBy(segment.no - 1, ledgerLeaf(hash), before);
    const known = new Map([...before, ...nodes.map((node) => [nodeKey(node), node.hash] as const)]);
    return { ...segment, hash, nodes, rows, root: rootFromNodes(segment.no, known) };
  }
}

function chained(stored: readonly StoredRow[], last: StoredSegment | null): NewSegment['rows'] {
  let previous = last?.last_row ?? ledgerGenesis;
  const before = Number(last?.last_sequence ?? 0);
  return stored.map((row, index) => {
    const sequence = before + index + 1;
    previous = ledgerRowHash(sequence, previous, toLedgerRow(row));
    return { sequence, transactionNo: row.transaction_no, hash: previous };
  });
}
