import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ParticipantRegisteredV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { sha256Hex } from '@hetao/proofs';
import { szdexCrossBorder202611 as builtIn } from '@hetao/rules';
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

  it('keeps files by their hash, as what they are by their bytes, for those who take part', async () => {
    const id = textOf((await open()).body['id']);
    const put = (as: typeof merchant, name: string, bytes: Uint8Array): Promise<Answer> =>
      customs.sendBytes(as, `${path}/${id}/files?name=${encodeURIComponent(name)}`, bytes);
    const pdf = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');
    const kept = await put(merchant, '計劃.pdf', pdf);
    expect([kept.status, kept.body]).toEqual([
      200,
      { sha256: sha256Hex(pdf), name: '計劃.pdf', media_type: 'application/pdf', size: pdf.length },
    ]);
    expect((await put(officer, 'note.txt', Buffer.from('Noted: 已收到'))).body['media_type']).toBe(
      'text/plain; charset=utf-8',
    );
    const { body } = await customs.send(merchant, 'GET', `${path}/${id}`);
    expect(Object.values(body['files'] ?? {}).map((file) => file['name'])).toEqual(['計劃.pdf', 'note.txt']);
    const read = (as: typeof merchant, hash: string) => customs.send(as, 'GET', `${path}/${id}/files/${hash}`);
    expect((await read(merchant, sha256Hex(pdf))).text).toBe(pdf.toString());
    expect((await read(exporter(), sha256Hex(pdf))).body['code']).toBe('CONSULTATION_FILE_UNKNOWN');
    expect((await put(exporter(), 'x.pdf', pdf)).body['code']).toBe('CONSULTATION_UNKNOWN');
    for (const [name, bytes] of [
      ['harmless.pdf', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0])],
      ['harmless.txt', Buffer.from([0, 1, 2, 255, 254])],
      ['empty.pdf', Buffer.alloc(0)],
    ] as const) {
      expect([name, (await put(merchant, name, bytes)).body['code']]).toEqual([name, 'CONSULTATION_FILE_REFUSED']);
    }
    expect((await put(merchant, 'large.txt', Buffer.alloc(5_000_001, 65))).body['code']).toBe(
      'CONSULTATION_FILE_REFUSED',
    );
    expect((await put(merchant, 'huge.txt', Buffer.alloc(5_000_002, 65))).status).toBe(413);
  });
  it('has templates to begin with, in three languages, whose citations exist', async () => {
    const { body } = await customs.send(null, 'GET', '/v1/customs/consultation-templates');
    const templates = Object.values(body['data'] ?? {});
    expect(templates.length).toBeGreaterThan(5);
    const known = new Set(builtIn.citations.map(({ id }) => id));
    for (const template of templates) {
      for (const language of ['en', 'zh-Hans', 'zh-Hant'])
        expect([template['subject']?.[language], template['text']?.[language]]).toEqual([
          expect.any(String),
          expect.any(String),
        ]);
      for (const id of Object.values(template['citations'] ?? {})) expect(known.has(textOf(id))).toBe(true);
    }
  });
  it('becomes a precedent without names, once an officer has read and approved it', async () => {
    await customs.hears(ParticipantRegisteredV1, {
      ...{
        participantId: newId('org'),
        jurisdiction: 'CN',
        roles: ['merchant'],
        registeredAt: '2026-11-23T00:00:00.000Z',
      },
      name: { en: 'Lotus Genomics', 'zh-Hans': '莲花基因', 'zh-Hant': '蓮花基因' },
    });
    const asker = { ...merchant, displayName: 'Chan Siu Ming' };
    const asked = await customs.send(asker, 'POST', path, {
      ...{
        subject: 'Lotus Genomics and 蓮花基因',
        text: 'Chan Siu Ming (a@b.example) asks about 遠程查看 from Singapore.',
      },
    });
    const id = textOf(asked.body['id']);
    const draft = () => customs.send(officer, 'POST', `${path}/${id}/precedent`);
    expect((await draft()).body['code']).toBe('PRECEDENT_UNANSWERED');
    await customs.send(officer, 'POST', `${path}/${id}/messages`, {
      ...{ text: 'Lotus Genomics has to declare it: 遠程查看屬於出境。', citations: ['SA-GUIDE-SCOPE'] },
    });
    const { body } = await draft();
    expect(body).toMatchObject({
      question: '[organisation] and [organisation]\n\n[person] ([address]) asks about 遠程查看 from Singapore.',
      answer: '[organisation] has to declare it: 遠程查看屬於出境。',
      citations: ['SA-GUIDE-SCOPE'],
    });
    const find = async (q: string): Promise<unknown[]> =>
      Object.values(
        (await customs.send(null, 'GET', `/v1/customs/precedents?q=${encodeURIComponent(q)}`)).body['data'] ?? {},
      );
    expect(await find('遠程查看')).toEqual([]);
    const approve = (change: object = {}) => {
      const { question, answer, citations } = body;
      const text = { question, answer, citations, ...change };
      return customs.send(officer, 'POST', `/v1/customs/precedents/${textOf(body['id'])}/approve`, text);
    };
    const named = await approve({ answer: 'Lotus  genomics must.' });
    expect([named.status, named.body['code'], named.body['errors']?.['0']?.['pointer']]).toEqual([
      ...[422, 'PRECEDENT_NAMES_SOMEBODY', '/answer'],
    ]);
    expect((await customs.send(merchant, 'POST', `${path}/${id}/precedent`)).status).toBe(403);
    expect((await approve()).status).toBe(200);
    expect((await approve()).body['code']).toBe('PRECEDENT_PUBLISHED');
    expect((await draft()).body['code']).toBe('PRECEDENT_PUBLISHED');
    for (const q of ['遠程查看', '屬於出境', 'singapore DECLARE']) expect([q, (await find(q)).length]).toEqual([q, 1]);
    for (const q of ['Lotus', '查看遠程', 'Chan', "'; --"]) expect([q, await find(q)]).toEqual([q, []]);
  });
});
