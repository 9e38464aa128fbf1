import type { EmbeddedPostgres } from '@hetao/persistence';
import { Agent, request } from 'undici';
import { putOnSale } from './offers.js';
import { withPlant, type Plant, type Side } from './plant.js';
import { figures, ms, quantile, table, type Figure } from './report.js';

const SIZES = [1_000, 10_000, 100_000] as const;
const REPEATS = 25;
const WARM_UP = 4;
const CONTEXT = 'https://w3id.org/dspace/2025/1/context.jsonld';

interface Timing {
  readonly what: string;
  readonly p50: number;
  readonly p95: number;
  readonly bytes: number;
}

/** Catalog requests of a peer over more and more datasets, with and without a filter; against the one query alone. */
export async function benchCatalog(postgres: EmbeddedPostgres): Promise<void> {
  await withPlant(postgres, async (plant) => {
    const rows: string[][] = [];
    const all: Figure[] = [];
    let existing = 0;
    for (const size of SIZES) {
      let goods: readonly { readonly productId: string }[] = [];
      // In parts, so that no statement is larger than a server takes well.
      while (existing < size) {
        goods = await putOnSale(plant.provider.pool, plant.provider.ours, Math.min(10_000, size - existing));
        existing += goods.length;
      }
      await plant.provider.pool.query('ANALYZE offers; ANALYZE directory_products');
      const last = goods.at(-1)?.productId ?? '';
      const bare = await timed('the page’s rows, from the database alone', () => bareQuery(plant.provider));
      for (const timing of await timings(plant, last)) {
        rows.push([
          size.toLocaleString('en'),
          timing.what,
          ms(timing.p50),
          ms(timing.p95),
          kib(timing.bytes),
          ms(bare.p50),
        ]);
        all.push({
          figure: `catalog, ${size} datasets, ${timing.what}, p50`,
          value: timing.p50,
          unit: 'ms',
          baseline: bare.what,
          baselineValue: bare.p50,
          conditions: `${REPEATS} requests one after the other over loopback, as bytes received; signed tokens`,
        });
      }
    }
    table(
      'Contracts: one catalog request of a peer',
      ['datasets', 'request', 'p50 ms', 'p95 ms', 'received', 'bare ms'],
      rows,
    );
    figures(all);
  });
}

/** What is asked for; each is sent to the provider the way the consumer's exchange would. */
async function timings(plant: Plant, last: string): Promise<Timing[]> {
  const criterion = (operandLeft: string, operator: string, operandRight: string) => ({
    '@type': 'QuerySpec',
    offset: 0,
    limit: 50,
    filterExpression: [{ '@type': 'Criterion', operandLeft, operator, operandRight }],
  });
  const asked: readonly [string, object | undefined, string][] = [
    ['first page of 500', undefined, 'identity'],
    ['first page of 500, gzip', undefined, 'gzip'],
    ['50 of them', { '@type': 'QuerySpec', offset: 0, limit: 50 }, 'identity'],
    ['one by id', criterion('https://w3id.org/edc/v0.0.1/ns/id', '=', `urn:hetao:product:${last}`), 'identity'],
    ['by title, exact', criterion('dct:title', '=', 'Data 777'), 'identity'],
    ['by title, ilike, 50 found', criterion('dct:title', 'ilike', '%DATA 1%'), 'identity'],
    ['by title, ilike, none found', criterion('dct:title', 'ilike', '%nothing like it%'), 'identity'],
  ];
  const agent = new Agent({ connections: 1 });
  const authorization = await staticPeer(plant);
  const results: Timing[] = [];
  for (const [what, query, encoding] of asked) {
    const message = { '@context': [CONTEXT], '@type': 'CatalogRequestMessage', ...(query && { filter: [query] }) };
    const headers = { 'content-type': 'application/json', authorization, 'accept-encoding': encoding };
    results.push(
      await timed(what, async () => {
        const url = `${plant.provider.base}/catalog/request`;
        const answer = await request(url, {
          method: 'POST',
          body: JSON.stringify(message),
          headers,
          dispatcher: agent,
        });
        const bytes = (await answer.body.arrayBuffer()).byteLength;
        if (answer.statusCode !== 200) throw new Error(`The catalog answered ${answer.statusCode}.`);
        return bytes;
      }),
    );
  }
  await agent.close();
  return results;
}

/** A peer of the bench's own, that proves itself by a header. */
async function staticPeer({ provider, call }: Plant): Promise<string> {
  const expects = 'Bearer bench-header-of-the-catalog';
  await call(provider, 'PUT', '/v1/dataspace/peers', {
    as: 'org_exchange',
    persona: 'operator',
    json: {
      participant_id: 'did:web:reader.example',
      organisation_id: provider.theirs,
      base_url: 'http://127.0.0.1:9/dsp/2025-1',
      auth: { mode: 'static', sends: expects, expects },
    },
  });
  return expects;
}

async function bareQuery({ pool }: Side): Promise<number> {
  const { rows } = await pool.query<{ policy: object }>(
    `SELECT o.id, o.policy, p.name FROM offers o JOIN directory_products p ON p.id = o.product_id
     WHERE o.status = 'published' ORDER BY o.product_id, o.id LIMIT 500`,
  );
  return JSON.stringify(rows).length;
}

async function timed(what: string, work: () => Promise<number>): Promise<Timing> {
  let bytes = 0;
  const each: number[] = [];
  for (let turn = 0; turn < WARM_UP + REPEATS; turn += 1) {
    const at = performance.now();
    bytes = await work();
    if (turn >= WARM_UP) each.push(performance.now() - at);
  }
  return { what, p50: quantile(each, 0.5), p95: quantile(each, 0.95), bytes };
}

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`;
