import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { writeCollections } from './collections.js';
import { operationsOf, type ApiDocument } from './operations.js';

interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly request?: {
    readonly method: string;
    readonly url: { readonly raw: string };
    readonly body?: { readonly raw: string };
  };
}

it('The collections have every operation once, with its address and a body that is JSON', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-collections-'));
  try {
    const path = new URL('../../libs/client/openapi.json', import.meta.url);
    const document = JSON.parse(await readFile(path, 'utf8')) as ApiDocument;
    const operations = operationsOf(document);
    expect(await writeCollections(document, folder)).toBe(operations.length);
    const postman = JSON.parse(await readFile(join(folder, 'postman.json'), 'utf8')) as Item;
    const requests = (postman.item ?? []).flatMap(({ item = [] }) => item);
    const places = requests.map(({ request }) => `${request?.method} ${request?.url.raw}`).sort();
    const wanted = operations.map(
      ({ method, path: at }) => `${method.toUpperCase()} {{baseUrl}}${at.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    );
    expect(places).toEqual(wanted.sort());
    const bruno = (await readdir(join(folder, 'bruno'), { recursive: true })).filter((name) => name.endsWith('.bru'));
    expect(bruno).toHaveLength(operations.length + 1);
    const made = await readFile(join(folder, 'bruno/contracts/requestAccess.bru'), 'utf8');
    expect(made).toContain('url: {{baseUrl}}/v1/access-requests');
    expect(made).toMatch(/Idempotency-Key: \{\{\$guid\}\}/);
    expect(JSON.parse(/body:json \{\n([\s\S]*)\n\}\n$/.exec(made)?.[1] ?? '')).toHaveProperty('offer_id');
  } finally {
    await rm(folder, { recursive: true });
  }
});
