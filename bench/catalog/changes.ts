import { MERCHANTS } from './load.js';
import { merchantId } from './products.js';
import { conditions, printFigure, printRow, quantile } from './report.js';
import type { World } from './world.js';

const CHANGES = 60;
const GIVEN_UP_MS = 5_000;

/** From the answer to a change until a search finds it, by its words, among all the others. */
export async function benchChanges(world: World, products: number): Promise<void> {
  const visible: number[] = [];
  const written: number[] = [];
  for (let number = 0; number < CHANGES; number += 1) {
    const as = merchantId(number % MERCHANTS);
    const word = `neuheit${number.toString(36)}x`;
    const startedAt = performance.now();
    const { id } = await world.call<{ id: string }>(as, '/v1/products', productNamed(word));
    const answeredAt = performance.now();
    written.push(answeredAt - startedAt);
    await until(world, as, word, id);
    visible.push(performance.now() - answeredAt);
  }
  printRow(['changes among all products', 'count', 'p50 ms', 'p95 ms', 'p99 ms']);
  for (const [what, times] of [
    ['written and indexed', written],
    ['then found by search', visible],
  ] as const) {
    printRow([what, String(times.length), ...[0.5, 0.95, 0.99].map((share) => quantile(times, share).toFixed(1))]);
  }
  printFigure({
    figure: 'change_visible_p99',
    value: Number(quantile(visible, 0.99).toFixed(2)),
    unit: 'ms',
    baseline: 'the change itself, until it is answered (p99)',
    baseline_value: Number(quantile(written, 0.99).toFixed(2)),
    ratio: Number((quantile(visible, 0.99) / quantile(written, 0.99)).toFixed(3)),
    conditions: conditions(`${CHANGES} new products among ${products}, over HTTP`),
  });
}

async function until(world: World, as: string, word: string, id: string): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < GIVEN_UP_MS;) {
    const { data } = await world.call<{ data: readonly { id: string }[] }>(as, `/v1/products?q=${word}`);
    if (data.some((product) => product.id === id)) return;
  }
  throw new Error(`${word} was not found within ${GIVEN_UP_MS} ms.`);
}

function productNamed(word: string): object {
  const text = { en: `Weather ${word}`, 'zh-Hans': `天气${word}`, 'zh-Hant': `天氣${word}` };
  return { name: text, description: text, kind: 'dataset', languages: ['en'] };
}
