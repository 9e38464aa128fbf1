// `npm run chaos -- metering [--kills N] [--seed N] [--transport kafka|embedded]`: kills the service, the broker and the
// database at random points under load, and compares what was counted with a plain model in memory.
// `npm run chaos -- platform [--runs N] [--seed N]`: strikes the whole exchange while trades go on, a seed a run.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { main } = await import(join(root, '.hetao/dist/tools/chaos/src/main.js'));
process.exit(await main(process.argv.slice(2)));
