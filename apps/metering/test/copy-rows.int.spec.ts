import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { emptyDatabase } from '@hetao/testing';
import { CopyRows } from '../src/storage/copy-rows.codec.js';

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let client: pg.Client;
beforeAll(async () => {
  database = await emptyDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    'CREATE TEMP TABLE copied (place int, small int, big bigint, at timestamptz, hash uuid, words text, doc json)',
  );
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const text = fc.string({ unit: 'binary', maxLength: 200 }).filter((value) => !value.includes('\0'));
const row = fc.record({
  small: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  big: fc.maxSafeInteger(),
  ms: fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) }),
  hash: fc.stringMatching(/^[0-9a-f]{32}$/),
  words: fc
    .oneof(text, fc.string({ maxLength: 90 }), fc.constant('back\\slash\ttab\nline \\. \u2028深圳'))
    .filter((value) => !value.includes('\0')),
});

describe('rows in the binary format of COPY', () => {
  it('are in the table what they were before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 60 }), async (drawn) => {
        await client.query('TRUNCATE copied');
        const rows = new CopyRows();
        drawn.forEach(({ small, big, ms, hash, words }, place) => {
          rows.row(7);
          rows.int32(place);
          rows.int32(small);
          rows.int64(big);
          rows.instant(ms);
          rows.uuid(hash);
          rows.text(words);
          rows.text(JSON.stringify({ words }));
        });
        const stream = client.query(copyFrom('COPY copied FROM STDIN (FORMAT binary)'));
        stream.end(rows.finish());
        await finished(stream);
        const { rows: found } = await client.query(
          `SELECT small, big::text, (extract(epoch FROM at) * 1000)::bigint::text AS ms,
                  replace(hash::text, '-', '') AS hash, words, doc::text FROM copied ORDER BY place`,
        );
        expect(found).toEqual(
          drawn.map(({ small, big, ms, hash, words }) => ({
            ...{ small, big: String(big), ms: String(ms), hash, words },
            doc: JSON.stringify({ words }),
          })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('without any row are none', async () => {
    await client.query('TRUNCATE copied');
    const stream = client.query(copyFrom('COPY copied FROM STDIN (FORMAT binary)'));
    stream.end(new CopyRows().finish());
    await finished(stream);
    expect((await client.query('SELECT 1 FROM copied')).rowCount).toBe(0);
  });
});
