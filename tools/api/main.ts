import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateClient } from './client.js';
import { describeExchange } from './document.js';
import { contentOf, differences } from './files.js';
import type { ApiDocument } from './operations.js';

const DOCUMENT = 'libs/client/openapi.json';
const GENERATED = 'libs/client/src/generated';

/**
 * Writes what follows from the routes: the OpenAPI document and the generated core of the client.
 *
 * @param root the repository
 * @param checkOnly to write nothing, and say what is stale
 * @returns the exit code: 0, 1 when something is stale
 */
export async function main(root: string, checkOnly: boolean, print: (line: string) => void): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-api-'));
  try {
    const text = await describeExchange();
    const generated = checkOnly ? join(folder, 'generated') : join(root, GENERATED);
    const stale = text === (await contentOf(join(root, DOCUMENT))) ? [] : [DOCUMENT];
    if (!checkOnly) await writeFile(join(root, DOCUMENT), text);
    await generateClient(JSON.parse(text) as ApiDocument, generated);
    if (checkOnly)
      stale.push(...(await differences(generated, join(root, GENERATED))).map((path) => `${GENERATED}/${path}`));
    if (stale.length > 0) print(`${checkOnly ? 'Stale' : 'Written'}: ${stale.join(', ')}.`);
    return checkOnly && stale.length > 0 ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true });
  }
}
