#!/usr/bin/env node
// `npx hetao <command>`: the exchange from a command line. Without a command it says how.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { main } = await import(join(root, '.hetao/dist/tools/hetao/main.js'));
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupted.abort());
process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  write: (words) => process.stdout.write(words),
  complain: (words) => process.stderr.write(words),
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  input: () => text(process.stdin),
  signal: interrupted.signal,
});
