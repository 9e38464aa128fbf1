// `node tools/ledger.mjs verify FILE`: checks a proof of the ledger without a network. Without a command it says how.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { main } = await import(join(root, '.hetao/dist/tools/ledger/main.js'));
process.exitCode = await main(process.argv.slice(2), (line) => console.log(line));
