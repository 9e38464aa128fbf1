import { createHash } from 'node:crypto';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { ledgerErrors, type LedgerError } from './ledger.errors.js';
import { accountId, checkPosting, movementRules, postingPayload, signedMinor, type Posting } from './ledger.js';

/** What became of a posting: written now, or found written before under the same key with the same content. */
export interface PostedTransaction {
  readonly idempotencyKey: string;
  readonly transactionId: string;
  readonly fresh: boolean;
}

/** Enough to make the round trip cheap, small enough that account locks are short. */
const BATCH = 1_000;

/** SQLSTATEs raised by the ledger's own functions; see migration 0003. */
const FAULTS: Readonly<Record<string, (message: string) => LedgerError>> = {
  HX002: ledgerErrors.POSTING_KEY_REUSED,
  HX003: ledgerErrors.LEDGER_LIMIT_REACHED,
  HX007: ledgerErrors.LEDGER_PERIOD_CLOSED,
  // numeric_value_out_of_range: a running balance beyond 64 bits.
  '22003': ledgerErrors.LEDGER_LIMIT_REACHED,
};

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
    const posted: PostedTransaction[] = [];
    for (let start = 0; start < unique.value.length; start += BATCH) {
      const result = await this.#postBatch(tx, unique.value.slice(start, start + BATCH));
      if (!result.ok) return result;
      posted.push(...result.value);
    }
    return ok(posted);
  }

  /** Keeps every period that is open now open until the transaction ends: dates checked after it stay valid. */
  async holdOpen(tx: Tx): Promise<void> {
    await tx.query('SELECT ledger_hold_open()');
  }

  async #postBatch(tx: Tx, postings: readonly Posting[]): Promise<Result<readonly PostedTransaction[], LedgerError>> {
    const { transactions, accounts, legs } = rowsOf(postings);
    try {
      const rows = await tx.query<{ posted_key: string; posted_id: string; posted_fresh: boolean }>(
        'SELECT posted_key, posted_id, posted_fresh FROM ledger_post($1, $2, $3, $4)',
        [JSON.stringify(transactions), JSON.stringify(accounts), JSON.stringify(legs), this.#clock.now()],
      );
      return ok(
        rows.map((row) => ({
          idempotencyKey: row.posted_key,
          transactionId: row.posted_id,
          fresh: row.posted_fresh,
        })),
      );
    } catch (error) {
      const fault = faultOf(error);
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

function rowsOf(postings: readonly Posting[]) {
  const accounts = new Map<string, { id: string; owner: string; kind: string; currency: string }>();
  const ids = new Map<string, string>();
  const legs: { txn: string; ord: number; leg: number; account: string; amount: string }[] = [];
  const transactions = postings.map((posting) => {
    const id = newId('txn');
    posting.legs.forEach((leg, index) => {
      // Hashing an account's id costs more than everything else here; a batch touches few accounts many times.
      const key = `${leg.account.kind} ${leg.account.currency} ${leg.account.owner}`;
      const account = ids.get(key) ?? accountId(leg.account);
      ids.set(key, account);
      accounts.set(account, { id: account, ...leg.account });
      legs.push({ txn: id, ord: legs.length, leg: index, account, amount: signedMinor(leg).toString() });
    });
    return {
      id,
      key: posting.idempotencyKey,
      hash: createHash('sha256').update(postingPayload(posting)).digest('hex'),
      rules: movementRules,
      movement: posting.movement,
      period: posting.period,
      ref_kind: posting.reference.kind,
      ref_id: posting.reference.id,
      legs: posting.legs.length,
      effective_at: posting.effectiveAt.toISOString(),
    };
  });
  return { transactions, accounts: [...accounts.values()], legs };
}

function faultOf(error: unknown): LedgerError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? FAULTS[code]?.(`${error.message}.`) : undefined;
}
