import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCustoms, textOf, type Answer, type RunningCustoms } from './running-customs.js';
import { exporter, officer } from './sample-declaration.js';

let customs: RunningCustoms;
beforeAll(async () => {
  customs = await startCustoms();
});
afterAll(() => customs.stop());

const path = '/v1/customs/consultations';
const merchant = exporter();
const open = (): Promise<Answer> =>
  customs.send(merchant, 'POST', path, { subject: 'Pixel streams', text: 'Is a pixel stream an export?' });

describe('a consultation', () => {
  it('is opened, answered with a citation, asked on, and closed', async () => {
    const id = textOf((await open()).body['id']);
    const write = (as: typeof merchant, json: object) => customs.send(as, 'POST', `${path}/${id}/messages`, json);
    const bare = await write(officer, { text: 'Yes.' });
    expect([bare.status, bare.body['code']]).toEqual([422, 'CONSULTATION_CITATION_MISSING']);
    expect((await write(officer, { text: 'Yes.', citations: ['NO-LAW'] })).body['code']).toBe(
      'CONSULTATION_CITATION_MISSING',
    );
    expect((await write(officer, { text: 'Query from abroad is.', citations: ['SA-GUIDE-SCOPE'] })).status).toBe(201);
    expect((await customs.send(merchant, 'GET', `${path}/${id}`)).body).toMatchObject({
      status: 'answered',
      messages: { 0: { from_officer: false }, 1: { from_officer: true, citations: ['SA-GUIDE-SCOPE'] } },
    });
    await write(merchant, { text: 'And of aggregates?', attachments: [{ name: 'plan.pdf', sha256: 'ab'.repeat(32) }] });
    expect((await customs.send(merchant, 'GET', path)).body['data']?.['0']).toMatchObject({ id, status: 'open' });
    await customs.send(merchant, 'POST', `${path}/${id}/close`);
    expect((await write(merchant, { text: 'More?' })).body['code']).toBe('CONSULTATION_CLOSED');
  });
  it('is nobody else’s', async () => {
    const id = textOf((await open()).body['id']);
    const stranger = exporter();
    expect((await customs.send(stranger, 'GET', `${path}/${id}`)).status).toBe(404);
    expect((await customs.send(stranger, 'POST', `${path}/${id}/messages`, { text: 'x' })).status).toBe(404);
    expect((await customs.send(stranger, 'GET', path)).body['data']).toEqual([]);
  });
  it('leaves precedents that anybody finds, with the version of the rules they were given under', async () => {
    const precedent = {
      question: 'Is a pixel stream an export?',
      answer: 'A person decides.',
      citations: ['SA-GUIDE-SCOPE'],
    };
    expect((await customs.send(merchant, 'POST', '/v1/customs/precedents', precedent)).status).toBe(403);
    await customs.send(officer, 'POST', '/v1/customs/precedents', precedent);
    const find = async (q: string) =>
      (await customs.send(null, 'GET', `/v1/customs/precedents?q=${encodeURIComponent(q)}`)).body['data'];
    expect((await find('PIXEL'))?.['0']).toMatchObject({ ...precedent, rule_set_version: '2026.11.1' });
    expect(await find('100%_')).toEqual([]);
  });
});
