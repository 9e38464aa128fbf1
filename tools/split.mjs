// `node tools/split.mjs join RUN --url … --api-key-file … --state FILE`: Hong Kong's side of a split. Without a command it says how.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { main } = await import(join(root, '.hetao/dist/tools/split/main.js'));
process.exitCode = await main(process.argv.slice(2), (line) => console.log(line));
