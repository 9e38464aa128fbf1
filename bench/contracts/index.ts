import type { EmbeddedPostgres } from '@hetao/persistence';
import { benchCatalog } from './catalog.js';
import { benchNegotiations } from './negotiations.js';
import { withPostgres } from './plant.js';
import { benchPolicies } from './policy.js';

/** What is measured, each on databases of its own. `npm run bench -- contracts catalog` measures one of them. */
const parts: Readonly<Record<string, (postgres: EmbeddedPostgres) => Promise<void>>> = {
  negotiations: benchNegotiations,
  catalog: benchCatalog,
  policies: benchPolicies,
};

/** Measures the parts that are named, or all. */
export async function run(names: readonly string[] = []): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) throw new Error(`There is no ${unknown}: ${Object.keys(parts).join(', ')}.`);
  for (const [name, part] of Object.entries(parts)) {
    if (names.length === 0 || names.includes(name)) await withPostgres(part);
  }
}
