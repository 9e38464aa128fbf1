import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { UsageStream } from './events.js';
import { BATCH, START_MS } from './feed.js';

/** As many as metering has transactions that count at the same time: both keep the same cores busy. */
const COPIERS = 3;

/** A table without any index, with the columns and types of an event as anybody would declare them. */
const TABLE = `CREATE TABLE IF NOT EXISTS copied (
  batch_no bigint NOT NULL, event_time timestamptz NOT NULL, source_no integer NOT NULL, agreement_no integer NOT NULL,
  event_id text COLLATE "C" NOT NULL, data json NOT NULL)`;

/** What a round of raw COPY needs; `run` is what is measured. */
export interface CopyRound {
  run(): Promise<void>;
  end(): Promise<void>;
}

/** Raw COPY of the rows that the events are: in text form, a transaction a batch, by several connections. */
export async function prepareCopy(databaseUrl: string, batches: number): Promise<CopyRound> {
  const stream = new UsageStream('', START_MS);
  const texts = Array.from({ length: batches }, () => stream.copyLines(stream.next(BATCH)));
  const options = { connectionString: databaseUrl, options: '-c search_path=metering' };
  const copiers = Array.from({ length: COPIERS }, () => new pg.Client(options));
  await Promise.all(copiers.map((copier) => copier.connect()));
  await copiers[0]?.query(TABLE);
  return {
    run: async () => {
      await Promise.all(
        copiers.map(async (copier) => {
          for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
            const target = copier.query(copyFrom('COPY copied FROM STDIN'));
            target.end(text);
            await finished(target);
          }
        }),
      );
    },
    end: async () => {
      await Promise.all(copiers.map((copier) => copier.end()));
    },
  };
}
