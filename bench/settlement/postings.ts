import { availableParallelism } from 'node:os';
import { systemClock } from '@hetao/kernel';
import { ChainRepository, LedgerRepository, SealLedger, type Posting } from '@hetao/settlement/ledger';
import { ceilings, type Ceilings } from './ceilings.js';
import { loads, type Load } from './loads.js';
import { assertBooks } from './books.js';
import { spent, type Spent, type World } from './world.js';

const BATCH = 1_000;
/** A fixed amount of work: a busy machine makes the wait longer, and the figure smaller. */
const BATCHES = 40;
const WRITERS = 2;
const SINGLES = 600;
const SINGLE_WRITERS = 4;
/** Each of up to 8,000 transactions. */
const SEGMENTS = 4;

interface Measured extends Spent {
  readonly transfers: number;
}

/**
 * Postings per second, 1,000 a database transaction, against one a transaction and against the bare tables, on the same
 * server in the same run. Every commit is durable; books that are wrong at the end void the figures.
 */
export async function benchPostings({ database, uow }: World): Promise<void> {
  const ledger = new LedgerRepository(systemClock);
  const post = async (postings: readonly Posting[]): Promise<void> => {
    const result = await uow.runResult((tx) => ledger.post(tx, postings));
    if (!result.ok) throw new Error(result.error.detail);
  };
  const measured = (work: readonly (readonly Posting[])[], writers: number): Promise<Measured> =>
    writtenBy(writers, work, (turns) => spent(database, turns), post);
  const results: { load: Load; batched: Measured; single: Measured }[] = [];
  for (const load of loads) {
    // The accounts of the load, the plans and the pages come into being here: opening them is not what is measured.
    for (let warm = 0; warm < 6; warm += 1) await post(batchOf(load, BATCH));
    const batched = await measured(
      Array.from({ length: BATCHES }, () => batchOf(load, BATCH)),
      WRITERS,
    );
    const single = await measured(
      Array.from({ length: SINGLES }, () => batchOf(load, 1)),
      SINGLE_WRITERS,
    );
    await assertBooks(database, load, 6 * BATCH + batched.transfers + single.transfers);
    results.push({ load, batched, single });
  }
  report(results, await ceilings(database, BATCH, BATCHES));
  const fastest = Math.max(...results.map(({ batched }) => rate(batched.transfers, batched)));
  reportSealing(await sealed({ database, uow }), fastest);
}

/** How fast the chain follows: it is written after the postings, so it has to be no slower than they are made. */
async function sealed({ database, uow }: Pick<World, 'database' | 'uow'>): Promise<Measured> {
  const seal = new SealLedger(uow, new ChainRepository(), systemClock);
  await seal.execute();
  let transfers = 0;
  const time = await spent(database, async () => {
    for (let segment = 0; segment < SEGMENTS; segment += 1) transfers += await seal.execute();
  });
  return { ...time, transfers };
}

function batchOf(load: Load, count: number): Posting[] {
  return Array.from({ length: count }, load.posting);
}

async function writtenBy(
  writers: number,
  work: readonly (readonly Posting[])[],
  timed: (turns: () => Promise<void>) => Promise<Spent>,
  post: (postings: readonly Posting[]) => Promise<void>,
): Promise<Measured> {
  let next = 0;
  const writer = async (): Promise<void> => {
    for (let batch = work[next++]; batch !== undefined; batch = work[next++]) await post(batch);
  };
  const time = await timed(async () => {
    await Promise.all(Array.from({ length: writers }, writer));
  });
  return { ...time, transfers: work.reduce((sum, batch) => sum + batch.length, 0) };
}

const rate = (count: number, { wallMs }: Spent): number => Math.round(count / (wallMs / 1_000));
const micros = (count: number, ms: number | null): string => (ms === null ? '-' : ((ms * 1_000) / count).toFixed(1));

function report(results: readonly { load: Load; batched: Measured; single: Measured }[], raw: Ceilings): void {
  console.log(
    `\nPostings: ${BATCH} a transaction, ${WRITERS} writers, every commit durable, ${availableParallelism()} cores\n`,
  );
  console.log('load              transfers/s   legs/s   µs client   µs server   one a transaction    ratio');
  for (const { load, batched, single } of results) {
    const [fast, slow] = [rate(batched.transfers, batched), rate(single.transfers, single)];
    console.log(
      [
        load.name.padEnd(17),
        String(fast).padStart(11),
        String(fast * load.legs).padStart(8),
        micros(batched.transfers, batched.clientMs).padStart(11),
        micros(batched.transfers, batched.serverMs).padStart(11),
        String(slow).padStart(19),
        `${(fast / slow).toFixed(1)}×`.padStart(8),
      ].join(' '),
    );
  }
  for (const [name, time] of [
    ['raw INSERT', raw.insert],
    ['raw COPY', raw.copy],
  ] as const) {
    console.log(
      [
        name.padEnd(17),
        String(rate(raw.transactions, time)).padStart(11),
        String(rate(raw.transactions, time) * 2).padStart(8),
        micros(raw.transactions, time.clientMs).padStart(11),
        micros(raw.transactions, time.serverMs).padStart(11),
      ].join(' '),
    );
  }
  console.log(
    '\nµs are CPU a transfer. Raw: the same rows into bare tables with the same indexes, nothing checked, one writer.\n',
  );
  for (const result of results) for (const line of linesOf(result, raw)) console.log(JSON.stringify(line));
}

function reportSealing(sealing: Measured, fastest: number): void {
  const value = rate(sealing.transfers, sealing);
  const cpu = `client ${micros(sealing.transfers, sealing.clientMs)} µs, server ${micros(sealing.transfers, sealing.serverMs)} µs`;
  console.log(`\nSealed into the chain afterwards: ${value} transactions/s (CPU each: ${cpu})\n`);
  console.log(
    JSON.stringify({
      bench: 'settlement',
      figure: 'transactions sealed into the chain/s',
      value,
      unit: 'transactions/s',
      baseline: 'fastest postings of this run',
      baseline_value: fastest,
      ratio: Number((value / fastest).toFixed(2)),
      conditions: `segments of up to 8,000, one sealer, nothing else running; CPU a transaction: ${cpu}`,
    }),
  );
}

function linesOf({ load, batched, single }: { load: Load; batched: Measured; single: Measured }, raw: Ceilings) {
  const value = rate(batched.transfers, batched);
  const conditions = `batches of ${BATCH}, ${WRITERS} writers; ${load.conditions}; fsync on; ${availableParallelism()} cores; CPU a transfer: client ${micros(batched.transfers, batched.clientMs)} µs, server ${micros(batched.transfers, batched.serverMs)} µs`;
  const baselines: [string, number][] = [
    [`one transfer a transaction, ${SINGLE_WRITERS} writers`, rate(single.transfers, single)],
    ...(load.legs === 2
      ? ([
          ['INSERT of the same rows, nothing checked', rate(raw.transactions, raw.insert)],
          ['COPY of the same rows, nothing checked', rate(raw.transactions, raw.copy)],
        ] as [string, number][])
      : []),
  ];
  return baselines.map(([baseline, baseline_value]) => ({
    bench: 'settlement',
    figure: `postings/s, ${load.name}`,
    value,
    unit: 'transfers/s',
    baseline,
    baseline_value,
    ratio: Number((value / baseline_value).toFixed(2)),
    conditions,
  }));
}
