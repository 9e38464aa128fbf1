// Writes what follows from the routes: libs/client/openapi.json and the generated core of the client. `--check` writes
// nothing and fails when one is stale.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { main } = await import(join(root, '.hetao/dist/tools/api/main.js'));
process.exit(await main(root, process.argv.includes('--check'), (line) => console.log(line)));
