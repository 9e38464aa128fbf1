import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Database } from '@hetao/persistence';
import copy from 'pg-copy-streams';
import { spent, type Spent } from './world.js';

/** What the same server takes of the same rows, with the same indexes, when nothing is checked. */
export interface Ceilings {
  readonly insert: Spent;
  readonly copy: Spent;
  readonly transactions: number;
}

interface RawBatch {
  readonly transactions: string;
  readonly entries: string;
  readonly transactionLines: string;
  readonly entryLines: string;
}

const TABLES = ['ledger_transactions', 'ledger_entries'] as const;

/** Writes up to `batches` batches of rows that the ledger holds into bare copies of its tables, by INSERT and by COPY. */
export async function ceilings(database: Database, batchSize: number, batches: number): Promise<Ceilings> {
  await bareTables(database, 'insert');
  await bareTables(database, 'copy');
  const raw = await rawBatches(database, batchSize, batches);
  const insert = await spent(database, async () => {
    for (const batch of raw) await insertBatch(database, batch);
  });
  const copied = await spent(database, async () => {
    for (const batch of raw) await copyBatch(database, batch);
  });
  return { insert, copy: copied, transactions: raw.length * batchSize };
}

async function bareTables(database: Database, suffix: string): Promise<void> {
  await database.withClient(async (client) => {
    for (const table of TABLES) await client.query(`CREATE TABLE ${table}_${suffix} (LIKE ${table} INCLUDING INDEXES)`);
  });
}

async function rawBatches(database: Database, size: number, count: number): Promise<RawBatch[]> {
  return database.withClient(async (client) => {
    const { rows } = await client.query<{ no: string }>(
      `SELECT transaction_no AS no FROM (SELECT transaction_no, row_number() OVER (ORDER BY transaction_no) AS place
                                           FROM ledger_transactions) t WHERE (place - 1) % $1 = 0 ORDER BY 1 LIMIT $2 + 1`,
      [size, count],
    );
    const batches: RawBatch[] = [];
    for (const [index, { no }] of rows.slice(0, -1).entries()) {
      const before = rows[index + 1]?.no;
      const range = `transaction_no >= ${no} AND transaction_no < ${before}`;
      const found = await client.query<RawBatch>(
        `SELECT (SELECT array_agg(t::ledger_transactions)::text FROM ledger_transactions t WHERE ${range}) AS "transactions",
                (SELECT array_agg(e::ledger_entries)::text FROM ledger_entries e WHERE ${range}) AS "entries"`,
      );
      const batch = found.rows[0];
      if (batch === undefined) throw new Error('A batch of rows is missing.');
      batches.push({
        ...batch,
        transactionLines: await copyText(client, `SELECT * FROM ledger_transactions WHERE ${range}`),
        entryLines: await copyText(client, `SELECT * FROM ledger_entries WHERE ${range}`),
      });
    }
    return batches;
  });
}

type Client = Parameters<Parameters<Database['withClient']>[0]>[0];

async function copyText(client: Client, select: string): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of client.query(copy.to(`COPY (${select}) TO STDOUT`))) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

async function insertBatch(database: Database, batch: RawBatch): Promise<void> {
  await database.withClient(async (client) => {
    await client.query('BEGIN');
    for (const [table, rows] of [
      ['ledger_transactions', batch.transactions],
      ['ledger_entries', batch.entries],
    ] as const) {
      await client.query({
        name: `raw ${table}`,
        text: `INSERT INTO ${table}_insert SELECT (r).* FROM unnest($1::${table}[]) AS r`,
        values: [rows],
      });
    }
    await client.query('COMMIT');
  });
}

async function copyBatch(database: Database, batch: RawBatch): Promise<void> {
  await database.withClient(async (client) => {
    await client.query('BEGIN');
    await pipeline(
      Readable.from([batch.transactionLines]),
      client.query(copy.from('COPY ledger_transactions_copy FROM STDIN')),
    );
    await pipeline(Readable.from([batch.entryLines]), client.query(copy.from('COPY ledger_entries_copy FROM STDIN')));
    await client.query('COMMIT');
  });
}
