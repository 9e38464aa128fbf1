import { clausesOf } from '@hetao/catalog/search';
import { MERCHANTS } from './load.js';
import { merchantId, questionOf } from './products.js';
import { conditions, printFigure, printRow, quantile } from './report.js';
import type { World } from './world.js';

const WARM_UP = 200;
/** Questions that plain SQL answers as well, for the comparison and the check. */
const COMPARED = 60;

interface Page {
  readonly total: number;
  readonly facets: Readonly<Record<string, readonly { value: string; count: number }[]>>;
}

/** Questions with every facet counted, over HTTP, one after the other; and the same answers by SQL alone. */
export async function benchQueries(world: World, products: number, questions: number): Promise<void> {
  const asked = Array.from({ length: WARM_UP + questions }, (_, number) => ({ number, ...questionOf(number) }));
  const times = new Map<string, number[]>();
  let cpuBefore = process.cpuUsage();
  for (const { number, kind, q, filters } of asked) {
    if (number === WARM_UP) cpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    await world.call(merchantId(number % MERCHANTS), pathOf(q, filters));
    if (number >= WARM_UP) times.set(kind, [...(times.get(kind) ?? []), performance.now() - startedAt]);
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  const all = [...times.values()].flat();
  printRow(['questions with all facets', 'count', 'p50 ms', 'p95 ms', 'p99 ms']);
  for (const [kind, its] of [...times, ['all', all] as const]) {
    printRow([kind, String(its.length), ...[0.5, 0.95, 0.99].map((share) => quantile(its, share).toFixed(1))]);
  }
  console.log(`CPU of service and client together: ${((user + system) / 1_000 / questions).toFixed(1)} ms a question`);
  const plain = await bySqlAlone(world);
  printRow([
    'by SQL alone',
    String(plain.length),
    ...[0.5, 0.95, 0.99].map((share) => quantile(plain, share).toFixed(1)),
  ]);
  const [value, baseline] = [quantile(all, 0.95), quantile(plain, 0.95)];
  printFigure({
    figure: 'query_with_facets_p95',
    value: Number(value.toFixed(2)),
    unit: 'ms',
    baseline: 'the same totals and facets by GIN, unnest and GROUP BY in SQL',
    baseline_value: Number(baseline.toFixed(2)),
    ratio: Number((value / baseline).toFixed(3)),
    conditions: conditions(`${products} products in three languages, ${questions} questions over HTTP, one at a time`),
  });
}

function pathOf(q: string, filters: string): string {
  return `/v1/products?facets=all&limit=20${q === '' ? '' : `&q=${encodeURIComponent(q)}`}${filters}`;
}

/** Answers by SQL what can be asked in one condition, and voids the figure where the two do not agree. */
async function bySqlAlone(world: World): Promise<readonly number[]> {
  const times: number[] = [];
  for (let number = 0; times.length < COMPARED; number += 1) {
    const { q, kind } = questionOf(number);
    if (kind === 'a slip' || kind === 'pinyin' || q === '') continue;
    const terms = clausesOf(q).flatMap(({ anyOf }) => anyOf[0] ?? []);
    const mine = await world.call<Page>(merchantId(0), pathOf(q, ''));
    const startedAt = performance.now();
    const theirs = await inSql(world, terms);
    times.push(performance.now() - startedAt);
    if (theirs.total > 0 && !agree(mine, theirs))
      throw new Error(`"${q}" gives ${mine.total}, SQL gives ${theirs.total}.`);
  }
  return times;
}

async function inSql(
  { service }: World,
  terms: readonly string[],
): Promise<{ total: number; counts: ReadonlyMap<string, number> }> {
  const { rows } = await service.database.withClient((client) =>
    client.query<{ label: string | null; count: string }>(
      `WITH found AS MATERIALIZED (SELECT facets FROM search_documents WHERE terms @> $1 AND is_public)
       SELECT NULL AS label, count(*) FROM found
       UNION ALL SELECT label, count(*) FROM found, unnest(facets) AS label GROUP BY label`,
      [terms],
    ),
  );
  const counts = new Map(rows.flatMap(({ label, count }) => (label === null ? [] : [[label, Number(count)] as const])));
  return { total: Number(rows.find(({ label }) => label === null)?.count ?? 0), counts };
}

function agree(mine: Page, { total, counts }: { total: number; counts: ReadonlyMap<string, number> }): boolean {
  const told = Object.entries(mine.facets).flatMap(([name, values]) =>
    values.map(({ value, count }) => [`${name}=${value}`, count] as const),
  );
  return (
    mine.total === total && told.length === counts.size && told.every(([label, count]) => counts.get(label) === count)
  );
}
