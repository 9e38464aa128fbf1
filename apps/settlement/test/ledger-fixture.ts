import { newId, type Clock } from '@hetao/kernel';
import { messagingMigrations } from '@hetao/messaging';
import { UnitOfWork, type DatabaseOptions, type OutboxWriter } from '@hetao/persistence';
import { runtimeMigrations } from '@hetao/runtime';
import { testDatabase, type TestDatabase } from '@hetao/testing';
import { settlementMigrations } from '../src/database/migrations/index.js';
import { credit, debit, type AccountKey, type Posting } from '../src/ledger/ledger.js';
import { LedgerRepository } from '../src/ledger/ledger.repository.js';

/** A ledger on a database of its own. */
export interface LedgerFixture {
  readonly database: TestDatabase;
  readonly uow: UnitOfWork;
  readonly ledger: LedgerRepository;
  /** Posts in a transaction of its own and answers the codes of the outcome: 'fresh', 'replayed', or the error's. */
  post(...postings: Posting[]): Promise<string[]>;
  balance(account: AccountKey): Promise<bigint>;
  close(): Promise<void>;
}

const nobodyListens: OutboxWriter = { write: () => Promise.resolve(), committed: () => undefined };

export async function ledgerFixture(
  clock: Clock = { now: () => new Date('2015-06-10T08:00:00Z') },
  entities: DatabaseOptions['entities'] = [],
): Promise<LedgerFixture> {
  const database = await testDatabase({
    schema: 'settlement',
    entities,
    migrations: [...messagingMigrations, ...runtimeMigrations, ...settlementMigrations],
  });
  const uow = new UnitOfWork(database, nobodyListens, clock);
  const ledger = new LedgerRepository(clock);
  return {
    database,
    uow,
    ledger,
    post: async (...postings) => {
      const result = await uow.runResult((tx) => ledger.post(tx, postings));
      if (!result.ok) return [result.error.code];
      return postings.map((posting) => {
        const posted = result.value.find(({ idempotencyKey }) => idempotencyKey === posting.idempotencyKey);
        return posted?.fresh ? 'fresh' : 'replayed';
      });
    },
    balance: (account) =>
      database.withClient(async (client) => {
        const { rows } = await client.query<{ balance_minor: string }>(
          `SELECT e.balance_minor FROM ledger_entries e JOIN ledger_accounts a USING (account_no)
            WHERE a.owner = $1 AND a.kind = $2 AND a.currency = $3 ORDER BY e.version DESC LIMIT 1`,
          [account.owner, account.kind, account.currency],
        );
        return BigInt(rows[0]?.balance_minor ?? 0);
      }),
    close: () => database.close(),
  };
}

/** Money in at the bank: the movement that needs nothing before it. */
export function bankCredit(amountMinor: bigint, change: Partial<Posting> & { bank?: string } = {}): Posting {
  const { bank = 'bank:main', ...rest } = change;
  return {
    idempotencyKey: newId('key'),
    movement: 'bank_credit',
    effectiveAt: new Date('2015-06-10T00:00:00Z'),
    period: null,
    reference: { kind: 'bank_line', id: 'bsl_test' },
    legs: [
      debit({ owner: bank, kind: 'bank', currency: 'CNY' }, amountMinor),
      credit({ owner: 'exchange', kind: 'clearing:bank_in', currency: 'CNY' }, amountMinor),
    ],
    ...rest,
  };
}
