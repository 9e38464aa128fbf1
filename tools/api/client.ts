import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { filesBelow } from './files.js';

/**
 * Copied by the generator as they are, and written for looser settings than ours: an optional member may be undefined
 * there. What they export is checked wherever it is used.
 */
const COPIED = /^(client|core)\//;
const UNCHECKED = '// @ts-nocheck: copied by the generator, and not written for exactOptionalPropertyTypes.\n';

/**
 * Generates the core of the client: types, one function for each operation, a fetch client, and query options for the
 * portal. The same document gives the same files, to the byte.
 *
 * @param documentPath the OpenAPI document
 * @param folder where to; what was there is replaced
 */
export async function generateClient(documentPath: string, folder: string): Promise<void> {
  await createClient({
    input: documentPath,
    output: { path: folder, clean: true, module: { extension: '.js' } },
    logs: { level: 'silent', file: false },
    plugins: ['@hey-api/typescript', '@hey-api/client-fetch', '@hey-api/sdk', '@tanstack/react-query'],
  });
  for (const path of await filesBelow(folder)) {
    if (!COPIED.test(path)) continue;
    const place = join(folder, path);
    await writeFile(place, UNCHECKED + (await readFile(place, 'utf8')));
  }
}
