import { UnitOfWork } from '@hetao/persistence';
import { ledgerGenesis, ledgerRowHash, ledgerSegmentHash } from '@hetao/proofs';
import { Injectable } from '@nestjs/common';
import { ChainRepository } from '../chain/chain.repository.js';
import {
  ROW_COLUMNS,
  SEGMENT_COLUMNS,
  toLedgerRow,
  toSegment,
  type StoredRow,
  type StoredSegment,
} from '../chain/chain.rows.js';
import type { Finding, Stretch } from './audit.js';

type SealedRow = StoredRow & { readonly sequence: string; readonly row_hash: string };

const ROWS = `
  SELECT ${ROW_COLUMNS}, s.sequence, encode(s.hash, 'hex') AS row_hash
    FROM ledger_seals s JOIN ledger_transactions t USING (transaction_no)
   WHERE s.sequence > $1 AND s.sequence <= $2 ORDER BY s.sequence LIMIT $3`;
const SEGMENTS = `
  SELECT ${SEGMENT_COLUMNS} FROM ledger_segments WHERE last_sequence >= $1 AND first_sequence <= $2
   ORDER BY segment_no LIMIT $3 OFFSET $4`;
const PAGE = 1_000;

/** Works the chain of hashes out again from what the ledger says now. */
@Injectable()
export class ChainCheck {
  readonly #uow: UnitOfWork;
  readonly #chain: ChainRepository;

  constructor(uow: UnitOfWork, chain: ChainRepository) {
    this.#uow = uow;
    this.#chain = chain;
  }

  /** The last sealed sequence number; 0 where nothing is sealed. */
  async head(): Promise<number> {
    const last = await this.#uow.run((tx) => this.#chain.last(tx));
    return Number(last?.last_sequence ?? 0);
  }

  /** The first place of a stretch where what is kept is not what its hash is of; undefined where all of it is. */
  async faultIn({ first, last }: Stretch): Promise<Finding | undefined> {
    return (await this.#rowFault(first, last)) ?? this.#segmentFault(first, last);
  }

  async #rowFault(first: number, last: number): Promise<Finding | undefined> {
    let previous = await this.#hashBefore(first);
    for (let next = first; next <= last;) {
      const rows = await this.#uow.run((tx) => tx.query<SealedRow>(ROWS, [next - 1, last, PAGE]));
      if (rows.length === 0) return broken(next, 'it is missing');
      for (const row of rows) {
        if (Number(row.sequence) !== next) return broken(next, 'it is missing');
        const hash = ledgerRowHash(next, previous, toLedgerRow(row));
        if (hash !== row.row_hash) return broken(next, `transaction ${row.transaction_id} is not what was sealed`);
        previous = hash;
        next += 1;
      }
    }
    return undefined;
  }

  async #segmentFault(first: number, last: number): Promise<Finding | undefined> {
    for (let from = 0; ; from += PAGE) {
      const segments = await this.#uow.run((tx) => tx.query<StoredSegment>(SEGMENTS, [first, last, PAGE, from]));
      for (const segment of segments) {
        const sealed = await this.#hashBefore(Number(segment.last_sequence) + 1);
        if (ledgerSegmentHash(toSegment(segment)) !== segment.hash || sealed !== segment.last_row) {
          return {
            code: 'CHAIN_BROKEN',
            subject: `segment ${segment.segment_no}`,
            detail: 'it is not what was sealed',
          };
        }
      }
      if (segments.length < PAGE) return undefined;
    }
  }

  async #hashBefore(sequence: number): Promise<string> {
    const [row] = await this.#uow.run((tx) =>
      tx.query<{ hash: string }>(`SELECT encode(hash, 'hex') AS hash FROM ledger_seals WHERE sequence = $1`, [
        sequence - 1,
      ]),
    );
    return row?.hash ?? ledgerGenesis;
  }
}

function broken(sequence: number, detail: string): Finding {
  return { code: 'CHAIN_BROKEN', subject: `sequence ${sequence}`, detail };
}
