import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, systemClock } from '@hetao/kernel';
import { openDatabase, startEmbeddedPostgres, UnitOfWork, type Database, type OutboxWriter } from '@hetao/persistence';
import { settlementService } from '@hetao/settlement';
import { credit, debit, LedgerRepository, type Posting } from '@hetao/settlement/ledger';

const BATCH = 1_000;
/** Each figure is measured for this long: a busy machine makes it smaller, not the wait longer. */
const MEASURE_MS = 2_000;
const SINGLE_WRITERS = 4;
const ACCOUNTS = 1_000;

interface Load {
  readonly name: string;
  readonly conditions: string;
  /** Account number of the next posting. */
  readonly account: () => number;
}

const LOADS: readonly Load[] = [
  {
    name: 'uniform',
    conditions: `${ACCOUNTS} accounts on one side, one on the other`,
    account: () => randomInt(ACCOUNTS),
  },
  {
    name: 'zipf 1.0',
    conditions: `${ACCOUNTS} accounts, zipf 1.0, on one side, one on the other`,
    account: zipf(ACCOUNTS),
  },
  { name: 'hot', conditions: 'two accounts in all', account: () => 0 },
];

interface Measured {
  readonly perSecond: number;
  readonly transfers: number;
  readonly wallMs: number;
  readonly cpuMs: number;
}

/**
 * Postings per second, 1,000 a database transaction, against one a transaction on the same server in the same run.
 * Every commit is durable; each load ends with a look at the books, and books that are wrong void the figure.
 */
export async function run(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hetao-bench-settlement-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
  try {
    const database = await openLedger(await postgres.createDatabase('bench'));
    try {
      await measureAll(database);
    } finally {
      await database.close();
    }
  } finally {
    await postgres.stop('fast');
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function openLedger(url: string): Promise<Database> {
  const database = await openDatabase({
    url,
    schema: settlementService.schema,
    entities: [],
    migrations: settlementService.allMigrations,
    applicationName: 'bench-settlement',
    poolSize: SINGLE_WRITERS + 2,
  });
  await database.migrate();
  return database;
}

async function measureAll(database: Database): Promise<void> {
  const uow = new UnitOfWork(database, nobodyListens, systemClock);
  const ledger = new LedgerRepository(systemClock);
  const post = async (postings: readonly Posting[]): Promise<void> => {
    const result = await uow.runResult((tx) => ledger.post(tx, postings));
    if (!result.ok) throw new Error(result.error.detail);
  };
  await post(postingsOf('warm', BATCH, () => randomInt(ACCOUNTS)));
  const results = [];
  for (const load of LOADS) {
    // The accounts of the load come into being here: opening them is not what is measured.
    await post(postingsOf(load.name, BATCH, load.account));
    const batched = await measured(1, BATCH, (count) => post(postingsOf(load.name, count, load.account)));
    const single = await measured(SINGLE_WRITERS, 1, (count) => post(postingsOf(load.name, count, load.account)));
    await assertBooks(database, load.name, BATCH + batched.transfers + single.transfers);
    results.push({ load, batched, single });
  }
  report(results);
}

const nobodyListens: OutboxWriter = { write: () => Promise.resolve(), committed: () => undefined };

/** Each is a transfer of two legs between two accounts, with its key, hash, limits and running balances. */
function postingsOf(load: string, count: number, account: () => number): Posting[] {
  return Array.from({ length: count }, () => ({
    idempotencyKey: newId('key'),
    movement: 'bank_credit' as const,
    effectiveAt: new Date(),
    period: null,
    reference: { kind: 'bench', id: load },
    legs: [
      debit({ owner: `bank:${load}:${account()}`, kind: 'bank', currency: 'CNY' }, 100n),
      credit({ owner: `bench:${load}`, kind: 'clearing:bank_in', currency: 'CNY' }, 100n),
    ],
  }));
}

/** Lets writers post `count` transfers at a time until the time is up. */
async function measured(writers: number, count: number, post: (count: number) => Promise<void>): Promise<Measured> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  let transfers = 0;
  const writer = async (): Promise<void> => {
    while (performance.now() - startedAt < MEASURE_MS) {
      await post(count);
      transfers += count;
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { perSecond: Math.round(transfers / (wallMs / 1_000)), transfers, wallMs, cpuMs: (user + system) / 1_000 };
}

/** @throws Error when a transfer was lost, counted twice, or a running balance is not the sum of its entries. */
async function assertBooks(database: Database, load: string, transfers: number): Promise<void> {
  await database.withClient(async (client) => {
    const { rows } = await client.query<{ transfers: string; total: string; held: string; broken: string }>(
      `SELECT count(*) FILTER (WHERE amount_minor < 0) AS transfers, sum(amount_minor) AS total,
              sum(amount_minor) FILTER (WHERE amount_minor < 0) AS held,
              (SELECT count(*) FROM (SELECT balance_minor, sum(amount_minor) OVER (PARTITION BY account_no ORDER BY version) AS expected
                                       FROM ledger_entries) b WHERE balance_minor <> expected) AS broken
         FROM ledger_entries JOIN ledger_transactions USING (transaction_no) WHERE reference_id = $1`,
      [load],
    );
    const found = rows[0];
    const sound =
      found?.transfers === String(transfers) &&
      found.total === '0' &&
      found.held === String(-100 * transfers) &&
      found.broken === '0';
    if (!sound) throw new Error(`The books of "${load}" are wrong, so its figures are void: ${JSON.stringify(found)}`);
  });
}

function zipf(size: number): () => number {
  const weights = Array.from({ length: size }, (_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const bounds: number[] = [];
  let sum = 0;
  for (const weight of weights) bounds.push((sum += weight / total));
  return () => {
    const at = randomInt(2 ** 32) / 2 ** 32;
    return Math.max(
      0,
      bounds.findIndex((bound) => at < bound),
    );
  };
}

function report(results: readonly { load: Load; batched: Measured; single: Measured }[]): void {
  const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
  console.log('\nPostings per second (a transfer of two legs each; every commit durable)\n');
  console.log('load       1,000 a transaction   CPU s   one a transaction   CPU s   ratio');
  for (const { load, batched, single } of results) {
    const ratio = (batched.perSecond / single.perSecond).toFixed(1);
    console.log(
      [
        load.name.padEnd(10),
        String(batched.perSecond).padStart(20),
        seconds(batched.cpuMs).padStart(7),
        String(single.perSecond).padStart(19),
        seconds(single.cpuMs).padStart(7),
        `${ratio}×`.padStart(7),
      ].join(' '),
    );
  }
  console.log('\nCPU s is that of this process; the server has its own.\n');
  for (const { load, batched, single } of results) {
    console.log(
      JSON.stringify({
        bench: 'settlement',
        figure: `postings/s, ${load.name}`,
        value: batched.perSecond,
        unit: 'transfers/s',
        baseline: `one transfer a transaction, ${SINGLE_WRITERS} writers`,
        baseline_value: single.perSecond,
        ratio: Number((batched.perSecond / single.perSecond).toFixed(2)),
        conditions: `batches of ${BATCH}, one writer; ${load.conditions}; fsync on; ${availableParallelism()} cores; client CPU ${seconds(batched.cpuMs)} s for ${batched.transfers}`,
      }),
    );
  }
}
