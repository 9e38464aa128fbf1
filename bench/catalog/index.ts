import { benchChanges } from './changes.js';
import { loadProducts } from './load.js';
import { benchProfile } from './profile.js';
import { benchQueries } from './queries.js';
import { withWorld } from './world.js';

const PRODUCTS = 100_000;
const QUESTIONS = 1_500;
const MEGABYTES = 1_000;
const PARTS = ['search', 'profile'];

/**
 * `npm run bench -- catalog`: search and changes among 100,000 products, and the profile of a CSV file of 1 GB.
 * `search` or `profile` measures one of them; `--products`, `--questions` and `--megabytes` take other sizes.
 */
export async function run(options: readonly string[] = []): Promise<void> {
  const sizes = sizesIn(options);
  const named = options.filter((option, at) => !option.startsWith('--') && !options[at - 1]?.startsWith('--'));
  const unknown = named.find((name) => !PARTS.includes(name));
  if (unknown !== undefined) throw new Error(`There is no ${unknown}: ${PARTS.join(', ')}.`);
  const wants = (part: string): boolean => named.length === 0 || named.includes(part);
  if (wants('search')) {
    await withWorld(async (world) => {
      const startedAt = performance.now();
      await loadProducts(world.service.database, sizes.products);
      console.log(`${sizes.products} products are in after ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
      await benchQueries(world, sizes.products, sizes.questions);
      await benchChanges(world, sizes.products);
    });
  }
  if (wants('profile')) await benchProfile(sizes.megabytes);
}

function sizesIn(options: readonly string[]): { products: number; questions: number; megabytes: number } {
  const size = (name: string, usual: number): number => {
    const at = options.indexOf(`--${name}`);
    const value = at < 0 ? usual : Number(options[at + 1]);
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number.`);
    return value;
  };
  return {
    products: size('products', PRODUCTS),
    questions: size('questions', QUESTIONS),
    megabytes: size('megabytes', MEGABYTES),
  };
}
