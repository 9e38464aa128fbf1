import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateClient } from './client.js';
import { describeExchange } from './document.js';
import { contentOf, differences } from './files.js';
import type { ApiDocument } from './operations.js';
import { brokenPromises, promiseOf } from './released.js';

const DOCUMENT = 'libs/client/openapi.json';
const RELEASED = 'libs/client/openapi.released.json';
const GENERATED = 'libs/client/src/generated';
const LINT_RULES = 'apps/gateway/redocly.yaml';

/** `write` brings the files up to date, `check` says what is stale, `release` makes of the document what is promised. */
export type Mode = 'write' | 'check' | 'release';
type Print = (line: string) => void;

/**
 * Keeps what follows from the routes: the OpenAPI document and the generated core of the client; and what was promised of
 * it: that nothing of the last release breaks, and that the linter has nothing to say.
 *
 * @param root the repository
 * @returns the exit code: 0; 1 when something is stale, broken or against a rule
 */
export async function main(root: string, mode: Mode, print: Print): Promise<number> {
  const text = await describeExchange();
  const document = JSON.parse(text) as ApiDocument;
  if (mode === 'release') {
    await writeFile(join(root, RELEASED), promiseOf(document));
    print(`What the public API is now, it stays: ${RELEASED}.`);
    return 0;
  }
  const stale = mode === 'check' ? await staleFiles(root, text, document) : await write(root, text, document);
  const broken = brokenPromises(await contentOf(join(root, RELEASED)), document);
  for (const fault of broken) print(`Breaks what was released: ${fault}`);
  if (stale.length > 0) print(`${mode === 'check' ? 'Stale' : 'Written'}: ${stale.join(', ')}.`);
  if (mode === 'write') return broken.length > 0 ? 1 : 0;
  return stale.length + broken.length > 0 || !lints(root) ? 1 : 0;
}

async function write(root: string, text: string, document: ApiDocument): Promise<string[]> {
  const known = await contentOf(join(root, DOCUMENT));
  await writeFile(join(root, DOCUMENT), text);
  await generateClient(document, join(root, GENERATED));
  return known === text ? [] : [DOCUMENT];
}

async function staleFiles(root: string, text: string, document: ApiDocument): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-api-'));
  try {
    await generateClient(document, folder);
    const stale = (await differences(folder, join(root, GENERATED))).map((path) => `${GENERATED}/${path}`);
    return text === (await contentOf(join(root, DOCUMENT))) ? stale : [DOCUMENT, ...stale];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function lints(root: string): boolean {
  const { status } = spawnSync('redocly', ['lint', '--format=stylish', `--config=${LINT_RULES}`, DOCUMENT], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'ignore'],
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  return status === 0;
}
