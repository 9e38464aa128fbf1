// `npm run trade`: one whole trade through the public API of a running exchange. `-- --help` lists its options.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { main } = await import(join(root, '.hetao/dist/tools/trade/src/main.js'));
process.exitCode = await main(process.argv.slice(2));
