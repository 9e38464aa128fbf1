// `node tools/agreement.mjs verify BUNDLE`: checks a signed agreement without a network. Without a command it says how.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { main } = await import(join(root, '.hetao/dist/tools/agreement/main.js'));
process.exitCode = await main(process.argv.slice(2), (line) => console.log(line));
