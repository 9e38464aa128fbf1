// `npm run load -- day --minutes N`: plays a day of the exchange at ten times its speed, and says what it costs.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { main } = await import(join(root, '.hetao/dist/tools/load/src/main.js'));
process.exit(await main(process.argv.slice(2)));
