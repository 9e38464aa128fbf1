// `npm run rehearse -- restore`: an exchange trades, its database is destroyed, restored to a named moment, and verified.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { main } = await import(join(root, '.hetao/dist/tools/rehearse/main.js'));
process.exit(await main(process.argv.slice(2)));
