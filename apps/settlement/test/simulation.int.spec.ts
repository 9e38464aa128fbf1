import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { ledgerGenesis, ledgerRowHash } from '@hetao/proofs';
import type { ChainRowDto } from '../src/chain/chain.dto.js';
import { ChainQueries } from '../src/chain/chain.queries.js';
import { ChainRepository } from '../src/chain/chain.repository.js';
import { SealLedger } from '../src/chain/chain.use-cases.js';
import { HoldBook } from '../src/holds/hold.book.js';
import { HoldRepository } from '../src/holds/hold.repository.js';
import { JournalQueries } from '../src/journal-export/journal.queries.js';
import { settlementConfig } from '../src/settlement.config.js';
import { hledger, hledgerInstalled } from './hledger.js';
import { ledgerFixture, type LedgerFixture } from './ledger-fixture.js';
import type { Act } from './simulation/acts.js';
import { figuresOf } from './simulation/figures.js';
import { PlainLedger } from './simulation/plain-ledger.js';
import { seedsOf } from './simulation/seeds.js';
import { storyOf } from './simulation/story.js';

/** The same stories told to PostgreSQL, with a crash before and after every single commit. */
const seeds = seedsOf('SIMULATION_DATABASE_SEEDS', 5);

class Crash extends Error {}

/** The real ledger, and how it is told an act: as a process that dies twice on the way and does it again. */
class RealLedger {
  now = new Date(0);
  readonly fixture: LedgerFixture;
  readonly seal: SealLedger;
  readonly #holds: HoldBook;
  #commits = 0;

  private constructor(fixture: LedgerFixture, clock: { now: () => Date }) {
    this.fixture = fixture;
    this.seal = new SealLedger(fixture.uow, new ChainRepository(), clock);
    this.#holds = new HoldBook(new HoldRepository(), fixture.ledger, clock);
  }

  static async open(): Promise<RealLedger> {
    const clock = { now: (): Date => real.now };
    const real: RealLedger = new RealLedger(await ledgerFixture(clock), clock);
    return real;
  }

  async perform(act: Act): Promise<string> {
    if (act.kind === 'clock') {
      this.now = act.at;
      return 'ok';
    }
    const work = (tx: Tx): Promise<Result<unknown, { code: string }>> => this.#work(tx, act);
    this.#commits += 1;
    await this.#dieBeforeCommit(work);
    await this.#run(work);
    // The commit above was never heard of: whoever asked asks again.
    const outcome = await this.#run(work);
    if (this.#commits % 9 === 0) await this.seal.execute();
    return outcome;
  }

  async #dieBeforeCommit(work: (tx: Tx) => Promise<unknown>): Promise<void> {
    const died = this.fixture.uow.run(
      async (tx) => {
        await work(tx);
        // Every third time it is the server's end of the connection that goes.
        if (this.#commits % 3 === 0) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
        throw new Crash();
      },
      { retries: 0 },
    );
    await expect(died).rejects.toThrow();
  }

  async #run(work: (tx: Tx) => Promise<Result<unknown, { code: string }>>): Promise<string> {
    const result = await this.fixture.uow.runResult(work);
    return result.ok ? 'ok' : result.error.code;
  }

  async #work(tx: Tx, act: Exclude<Act, { kind: 'clock' }>): Promise<Result<unknown, { code: string }>> {
    switch (act.kind) {
      case 'post':
        return this.fixture.ledger.post(tx, act.postings);
      case 'reserve':
        return this.#holds.reserve(tx, act.reservation);
      case 'use':
        return this.#holds.post(tx, await holdIdOf(tx, act.key), act.legs === undefined ? {} : { legs: act.legs });
      case 'void':
        return this.#holds.void(tx, await holdIdOf(tx, act.key), { by: 'usr_1', reason: 'simulated' });
      case 'expire':
        return { ok: true, value: await this.#holds.expire(tx, 100) };
      case 'close':
        await tx.query('SELECT ledger_hold_closing()');
        await tx.execute(
          `INSERT INTO settlement_periods (period, time_zone, starts_at, ends_at, closed_at, closed_by, totals)
           VALUES ($1, 'UTC', ($1 || '-01T00:00:00Z')::timestamptz, ($1 || '-01T00:00:00Z')::timestamptz + interval '1 month', $2, 'usr_1', '[]')
           ON CONFLICT DO NOTHING`,
          [act.period, this.now],
        );
        return { ok: true, value: undefined };
    }
  }
}

async function holdIdOf(tx: Tx, key: string): Promise<string> {
  const [row] = await tx.query<{ hold_id: string }>('SELECT hold_id FROM ledger_holds WHERE idempotency_key = $1', [
    key,
  ]);
  return row?.hold_id ?? '';
}

async function headsOf({ database }: LedgerFixture): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.withClient((client) =>
    client.query<{ name: string; standing: string }>(
      `SELECT a.owner || ' ' || a.kind || ' ' || a.currency AS name,
              h.balance_minor || ' v' || h.version || ' held ' || h.held_debit_minor || '/' || h.held_credit_minor AS standing
         FROM ledger_heads h JOIN ledger_accounts a USING (account_no)`,
    ),
  );
  return new Map(rows.map(({ name, standing }) => [name, standing]));
}

/** Everything that no ledger may ever be: each query finds what is wrong, and none finds anything. */
async function assertSound({ database }: LedgerFixture): Promise<void> {
  const faults = [
    `SELECT transaction_no FROM ledger_entries JOIN ledger_accounts USING (account_no)
      GROUP BY transaction_no, currency HAVING sum(amount_minor) <> 0`,
    `SELECT 1 FROM (SELECT balance_minor, version, sum(amount_minor) OVER w AS sum, row_number() OVER w AS place
                      FROM ledger_entries WINDOW w AS (PARTITION BY account_no ORDER BY version)) e
      WHERE balance_minor <> sum OR version <> place`,
    `SELECT 1 FROM (SELECT t.recorded_at, lag(t.recorded_at) OVER (PARTITION BY e.account_no ORDER BY e.version) AS before
                      FROM ledger_entries e JOIN ledger_transactions t USING (transaction_no)) e WHERE recorded_at < before`,
    `SELECT 1 FROM ledger_transactions t LEFT JOIN ledger_seals s USING (transaction_no) WHERE s.sequence IS NULL`,
    `SELECT 1 FROM ledger_heads WHERE held_debit_minor <> 0 OR held_credit_minor <> 0`,
    `SELECT 1 FROM ledger_open_holds UNION ALL SELECT 1 FROM ledger_unsealed`,
  ];
  const found = await database.withClient(async (client) => {
    const counts: number[] = [];
    for (const fault of faults) counts.push((await client.query(fault)).rows.length);
    return counts;
  });
  expect(found).toEqual(faults.map(() => 0));
}

async function assertChain({ uow }: LedgerFixture): Promise<void> {
  const chain = new ChainQueries(uow, new ChainRepository());
  let previous = ledgerGenesis;
  for (let after = 0; ;) {
    const page: { data: readonly ChainRowDto[] } = await chain.rows({ after, limit: 100 });
    for (const { sequence, hash, row } of page.data) {
      expect([sequence, ledgerRowHash(sequence, previous, row)]).toEqual([sequence, hash]);
      previous = hash;
    }
    const last = page.data.at(-1);
    if (last === undefined) return;
    after = last.sequence;
  }
}

describe('months told to PostgreSQL, with a crash before and after every commit', () => {
  it.each(seeds)(
    'end as the plain ledger ends, sealed, and accepted by hledger: seed %s',
    async (seed) => {
      const { acts, figures } = storyOf(seed);
      const plain = new PlainLedger();
      const real = await RealLedger.open();
      try {
        for (const [index, act] of acts.entries()) {
          const outcome = plain.perform(act);
          expect([index, await real.perform(act)]).toEqual([index, outcome]);
        }
        for (let turn = 0; turn < 100 && (await real.seal.execute()) > 0; turn += 1);
        expect(await headsOf(real.fixture)).toEqual(plain.heads);
        expect(figuresOf(plain.balances)).toEqual(figures);
        await assertSound(real.fixture);
        await assertChain(real.fixture);
        if (!hledgerInstalled) return;
        const journal = new JournalQueries(real.fixture.database, settlementConfig.parse({}));
        const written = await text(journal.stream({ format: 'hledger', period: null }));
        expect(hledger(written, 'check', '-s')).toBe('');
      } finally {
        await real.fixture.close();
      }
    },
    120_000,
  );
});
