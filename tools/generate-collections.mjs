// `npm run docs:collections [-- FOLDER]`: the public API for Postman and Bruno, made of libs/client/openapi.json. Not
// committed: it says nothing that the document does not. Default folder: .hetao/collections.
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(process.argv[2] ?? join(root, '.hetao/collections'));
const { writeCollections } = await import(join(root, '.hetao/dist/tools/api/collections.js'));
const document = JSON.parse(await readFile(join(root, 'libs/client/openapi.json'), 'utf8'));
console.log(
  `${await writeCollections(document, folder)} requests: ${join(folder, 'postman.json')} and ${join(folder, 'bruno')}`,
);
