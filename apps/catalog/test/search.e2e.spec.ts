import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { corpus, questions } from './search-corpus.js';
import { startCatalog, type RunningCatalog } from './running-catalog.js';
import { buyer, draft, merchantOf, operator, registration } from './sample-bodies.js';

let catalog: RunningCatalog;
const keys = new Map<string, string>();

beforeAll(async () => {
  catalog = await startCatalog();
  const { body: merchant } = await catalog.send(operator, 'POST', '/v1/participants', { json: registration() });
  await catalog.send(operator, 'POST', `/v1/participants/${merchant.id}/approve`);
  const seller = merchantOf(merchant.id);
  // The ids of products begun one after the other are in that order, which is the last word among equals.
  for (const { key, kind, name, description } of corpus) {
    const { body } = await catalog.send(seller, 'POST', '/v1/products', { json: draft({ kind, name, description }) });
    keys.set(body.id, key);
  }
  await Promise.all(
    [...keys.keys()].map(async (id) => {
      await catalog.send(seller, 'POST', `/v1/products/${id}/submit`);
      const approved = await catalog.send(operator, 'POST', `/v1/products/${id}/approve`);
      expect(approved.body.status).toBe('listed');
    }),
  );
}, 60_000);
afterAll(() => catalog.stop());

/** The products a question finds, by what the corpus calls them. */
async function find(question: string, limit = 5): Promise<readonly string[]> {
  const { status, body } = await catalog.send(
    buyer,
    'GET',
    `/v1/products?q=${encodeURIComponent(question)}&limit=${limit}`,
  );
  expect(status).toBe(200);
  return body.data.map(({ id }) => keys.get(id) ?? id);
}

describe('forty questions in three scripts', () => {
  it('are forty', () => expect(questions).toHaveLength(40));

  it.each(questions)('$hans = $hant = $en', async ({ hans, hant, en, also, readings, top }) => {
    const found = await find(hans);
    expect(found.slice(0, top.length)).toEqual(top);
    for (const question of [hant, en, ...also]) {
      expect([question, ...(await find(question, 3))]).toEqual([question, ...found.slice(0, 3)]);
    }
    for (const reading of readings) expect((await find(reading)).slice(0, top.length)).toEqual(top);
  });
});
