import { benchClose } from './close.js';
import { benchInvoicing } from './invoicing.js';
import { benchPostings } from './postings.js';
import { benchReconcile } from './reconcile.js';
import { withPostgres, withWorld, type World } from './world.js';

/** What is measured, each on a database of its own. `npm run bench -- settlement postings` measures one of them. */
const parts: Readonly<Record<string, (world: World) => Promise<void>>> = {
  postings: benchPostings,
  invoicing: benchInvoicing,
  reconcile: async (world) => void (await benchReconcile(world)),
  close: benchClose,
};

/** Measures the parts that are named, or all. */
export async function run(names: readonly string[] = []): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) throw new Error(`There is no ${unknown}: ${Object.keys(parts).join(', ')}.`);
  await withPostgres(async (postgres) => {
    for (const [name, part] of Object.entries(parts)) {
      if (names.length > 0 && !names.includes(name)) continue;
      await withWorld(await postgres.createDatabase(`bench_${name}`), part);
    }
  });
}
