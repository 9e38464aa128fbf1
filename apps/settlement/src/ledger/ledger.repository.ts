import { err, ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { ledgerErrors, type LedgerError } from './ledger.errors.js';
import { ledgerFaultOf } from './ledger.faults.js';
import { checkPosting, postingPayload, type Posting } from './ledger.js';
import { accountsOf, batchOf } from './ledger.batch.js';

/** What became of a posting: written now, or found written before under the same key with the same content. */
export interface PostedTransaction {
  readonly idempotencyKey: string;
  readonly transactionId: string;
  readonly fresh: boolean;
}

/** Enough to make the round trip cheap, small enough that account locks are short. */
const BATCH = 1_000;

const PARAMETERS = Array.from({ length: 19 }, (_, index) => `$${index + 1}`).join(', ');
const POST = `SELECT replayed_key, replayed_id FROM ledger_post(${PARAMETERS})`;

/** The only writer of the ledger. */
@Injectable()
export class LedgerRepository {
  readonly #clock: Clock;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Writes a batch of journal transactions, all or none, in the order given. Accounts come into being at first use.
   * A failure leaves the database transaction unusable: return it, so that the unit of work rolls back.
   */
  async post(tx: Tx, postings: readonly Posting[]): Promise<Result<readonly PostedTransaction[], LedgerError>> {
    const unique = distinct(postings);
    if (!unique.ok) return unique;
    for (const posting of unique.value) {
      const checked = checkPosting(posting);
      if (!checked.ok) return checked;
    }
    const batches = Math.ceil(unique.value.length / BATCH);
    // Batch after batch would lock accounts batch by batch, and two such runs could wait for each other in a ring.
    if (batches > 1) await this.#lock(tx, unique.value);
    const posted: PostedTransaction[] = [];
    for (let batch = 0; batch < batches; batch += 1) {
      const result = await this.#postBatch(tx, unique.value.slice(batch * BATCH, (batch + 1) * BATCH));
      if (!result.ok) return result;
      for (const one of result.value) posted.push(one);
    }
    return ok(posted);
  }

  /** Keeps every period that is open now open until the transaction ends: dates checked after it stay valid. */
  async holdOpen(tx: Tx): Promise<void> {
    await tx.query('SELECT ledger_hold_open()');
  }

  async #lock(tx: Tx, postings: readonly Posting[]): Promise<void> {
    const { ids, owners, kinds, currencies } = accountsOf(postings);
    await tx.query('SELECT ledger_lock($1, $2, $3, $4)', [ids, owners, kinds, currencies]);
  }

  async #postBatch(tx: Tx, postings: readonly Posting[]): Promise<Result<readonly PostedTransaction[], LedgerError>> {
    const { transactions, parameters } = batchOf(postings);
    try {
      const { rows } = await tx.client.query<{ replayed_key: string; replayed_id: string }>({
        name: 'ledger_post',
        text: POST,
        values: [this.#clock.now(), ...parameters],
      });
      const before = new Map(rows.map((row) => [row.replayed_key, row.replayed_id]));
      return ok(
        transactions.map(({ key, id }) => {
          const known = before.get(key);
          return { idempotencyKey: key, transactionId: known ?? id, fresh: known === undefined };
        }),
      );
    } catch (error) {
      const fault = ledgerFaultOf(error);
      if (fault === undefined) throw error;
      return err(fault);
    }
  }
}

/** The same posting twice in one batch is one; two different ones under one key are a conflict. */
function distinct(postings: readonly Posting[]): Result<readonly Posting[], LedgerError> {
  const byKey = new Map<string, Posting>();
  for (const posting of postings) {
    const known = byKey.get(posting.idempotencyKey);
    if (known !== undefined && postingPayload(known) !== postingPayload(posting)) {
      return err(
        ledgerErrors.POSTING_KEY_REUSED(`The key ${posting.idempotencyKey} stands for two postings of a batch.`),
      );
    }
    byKey.set(posting.idempotencyKey, known ?? posting);
  }
  return ok([...byKey.values()]);
}
