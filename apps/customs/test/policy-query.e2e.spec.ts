import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { languages } from '@hetao/kernel';
import { extractText, getDocumentProxy } from 'unpdf';
import { strFromU8, unzipSync } from 'fflate';
import { startCustoms, textOf, type Answer, type RunningCustoms } from './running-customs.js';
import { tcmFacts } from './sample-declaration.js';

let customs: RunningCustoms;
beforeAll(async () => {
  customs = await startCustoms(undefined, { POLICY_QUERIES_KEPT: '5' });
});
afterAll(() => customs.stop());
const base = '/v1/customs/policy-queries';
const ask = (facts: object, keep = false): Promise<Answer> => customs.send(null, 'POST', base, { facts, keep });
const file = async (path: string): Promise<{ status: number; type: string; policy: string; bytes: Buffer }> => {
  const response = await fetch(`${customs.service.url}${path}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const header = (name: string): string => response.headers.get(name) ?? '';
  return { status: response.status, type: header('content-type'), policy: header('content-security-policy'), bytes };
};

describe('the wizard over HTTP', () => {
  it('asks what settles most, shows the answer forming, and keeps unknown honest to the end', async () => {
    let facts: Record<string, unknown> = {};
    const seen: number[] = [];
    for (let step = 0; step < 40; step += 1) {
      const { status, body } = await ask(facts);
      expect(status).toBe(200);
      seen.push(Object.keys(body['possible_pathways'] ?? {}).length);
      const next = body['next_questions']?.['0'];
      if (next === undefined) break;
      for (const language of languages) expect(textOf(next['question']?.[language])).toMatch(/\S/);
      const key = textOf(next['key']);
      expect(facts).not.toHaveProperty(key);
      facts = { ...facts, [key]: (tcmFacts as Record<string, unknown>)[key] };
    }
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect([seen[0], seen.at(-1)]).toEqual([15, 1]);
    const { body } = await ask(facts);
    expect(body).toMatchObject({ pathway: { id: 'SC_OR_CERT' }, rule: { id: 'M-8-2' }, next_questions: [] });
    // Fewer answers than facts: what did not matter was never asked.
    expect(Object.keys(facts).length).toBeLessThan(Object.keys(tcmFacts).length);
  });

  it('says documents, authority, limits and choices, and how long authorities may take', async () => {
    const { body } = await ask(tcmFacts);
    expect(body).toMatchObject({
      time_to_clear: { working_days: 15, extendable: false, unlimited: ['HEALTH_SECTOR', 'DESTINATION_LAW'] },
      requirement: { id: 'SC', clocks: { 1: { id: 'SC_CHECK', count: 15, unit: 'working_day', extendable: false } } },
      rule: { certainty_text: { 'zh-Hans': '明确' } },
    });
    expect(Object.values(body['alternatives'] ?? {}).map(({ id }) => id)).toEqual(['CERT', 'GBA_SC']);
  });

  it('refuses contradictions and values there are not, also when asked to keep', async () => {
    const wrong = [{ 'd.pi': 'none', 'd.sensitive': true }, { 'tx.mode': 'pigeon' }, { 'ytd.general': -1 }, { x: 1 }];
    for (const facts of wrong) expect((await ask(facts, true)).body['code']).toBe('FACTS_INVALID');
  });
});

describe('a kept finding', () => {
  const gene = { ...tcmFacts, 'tx.purpose': 'data_product_sale', 'd.hgr': 'info' };

  it('is opened again by its id, by anybody, and is the same for the same answers', async () => {
    const [kept, again, other] = [await ask(tcmFacts, true), await ask(tcmFacts, true), await ask(gene, true)];
    expect(textOf(kept.body['id'])).toMatch(/^pqy_/);
    expect([again.body['id'], again.body['kept_at']]).toEqual([kept.body['id'], kept.body['kept_at']]);
    expect(other.body['id']).not.toBe(kept.body['id']);
    const opened = await customs.send(null, 'GET', `${base}/${textOf(kept.body['id'])}`);
    expect(opened.body).toEqual(kept.body);
    expect((await ask(tcmFacts)).body['id']).toBeNull();
    const unknown = await customs.send(null, 'GET', `${base}/pqy_00000000000000000000000000`);
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'POLICY_QUERY_UNKNOWN']);
  });

  it('makes room for newer ones: the number kept is bounded', async () => {
    const [first] = [await ask({ ...tcmFacts, 'ytd.sensitive': 1 }, true)];
    const path = `${base}/${textOf(first.body['id'])}`;
    expect((await customs.send(null, 'GET', path)).status).toBe(200);
    for (let count = 2; count < 8; count += 1) await ask({ ...tcmFacts, 'ytd.sensitive': count }, true);
    expect((await customs.send(null, 'GET', path)).status).toBe(404);
  });

  it('prints in three languages: not legal advice, the rule set, the hash, the answer, and no script', async () => {
    const { body } = await ask(tcmFacts, true);
    const words = { en: 'not legal advice', 'zh-Hans': '不构成法律意见', 'zh-Hant': '不構成法律意見' };
    for (const language of languages) {
      const page = await file(`${base}/${textOf(body['id'])}/finding.html?language=${language}`);
      expect([page.status, page.type]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.policy).toContain("default-src 'none'");
      const html = page.bytes.toString('utf8');
      const wanted = [words[language], 'szdex-cross-border 2026.11.1', textOf(body['facts_sha256']), 'M-8-2'];
      for (const text of wanted) expect(html).toContain(text);
      expect(html).not.toContain('<script');
    }
  });

  it('prints as PDF and DOCX with its Chinese, and names the article that forbids the sale of genes', async () => {
    const { body } = await ask(gene, true);
    expect(body).toMatchObject({
      pathway: { id: 'BLOCKED' },
      rule: { id: 'STOP-05' },
      citations: { 0: { id: 'HGR-10' } },
    });
    const path = `${base}/${textOf(body['id'])}/finding`;
    const pdf = await file(`${path}.pdf?language=zh-Hans`);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf.bytes)), { mergePages: true });
    expect(pdf.type).toBe('application/pdf');
    for (const wanted of ['禁止买卖人类遗传资源', '《人类遗传资源管理条例》第10条'])
      expect(text.replaceAll(/\s/g, '')).toContain(wanted);
    const docx = unzipSync((await file(`${path}.docx?language=zh-Hant`)).bytes);
    expect(strFromU8(docx['word/document.xml'] as Uint8Array)).toContain('禁止買賣人類遺傳資源');
    for (const name of ['finding.exe', 'memo.pdf', 'finding'])
      expect((await file(`${base}/${textOf(body['id'])}/${name}`)).status).toBe(404);
    expect((await file(`${path}.pdf?language=fr`)).status).toBe(422);
  });
});
