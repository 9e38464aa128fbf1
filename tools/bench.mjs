// `npm run bench -- <area>`: runs bench/<area>/index.ts, which brings what it needs, prints a table a person can read
// and then one JSON line a figure. The baseline is measured in the same call.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const areas = readdirSync(join(root, 'bench'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, 'bench', entry.name, 'index.ts')))
  .map((entry) => entry.name);

const [area, ...options] = process.argv.slice(2);
if (!area || !areas.includes(area)) {
  console.error(`Name the area to measure: npm run bench -- ${areas.join(' | ')}`);
  process.exit(2);
}
await ensureBuilt();
const { run } = await import(join(root, '.hetao', 'dist', 'bench', area, 'index.js'));
await run(options);
process.exit(0);
