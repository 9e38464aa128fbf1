// Writes what follows from the routes: libs/client/openapi.json and the generated core of the client. `--check` writes
// nothing and fails when one is stale, when the document breaks what was released, or the linter has something to say;
// `--release` makes today's document the one that must not be broken.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { main } = await import(join(root, '.hetao/dist/tools/api/main.js'));
const mode = ['check', 'release'].find((name) => process.argv.includes(`--${name}`)) ?? 'write';
// Nothing is open any more; what services keep for running is not waited for.
process.exit(await main(root, mode, (line) => console.log(line)));
