import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import type { PrintDocument } from './document.js';
import { renderDocx } from './docx.js';

const paper: PrintDocument = {
  language: 'zh-Hant',
  title: '個人信息保護影響評估報告',
  subtitle: 'A & B <draft>',
  facts: [{ label: '接收方', value: 'A university in Hong Kong' }],
  blocks: [
    { kind: 'heading', level: 1, text: '欄位' },
    {
      kind: 'table',
      columns: [
        { title: '名稱', share: 3 },
        { title: '人數', align: 'right' },
      ],
      rows: [
        ['證候', '8000'],
        ['x\ny', '1'],
      ],
    },
    { kind: 'list', items: ['第一', '第二'] },
    { kind: 'note', text: 'control \u0001 left out, "quoted" & <tagged>' },
    { kind: 'page-break' },
    { kind: 'paragraph', text: '末頁' },
  ],
  footer: '河套',
};

/** The text of one XML part, in reading order; throws where the part is not well formed. */
function textOf(xml: string): string {
  let text = '';
  const parser = new SaxesParser();
  parser.on('text', (part) => (text += part));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return text;
}

describe('a DOCX', () => {
  it('is a package of well-formed parts that hold every text, escaped', async () => {
    const parts = unzipSync(await renderDocx(paper));
    for (const [name, bytes] of Object.entries(parts))
      expect([name, typeof textOf(strFromU8(bytes))]).toEqual([name, 'string']);
    const text = textOf(strFromU8(parts['word/document.xml'] as Uint8Array));
    const wanted = [
      '個人信息保護影響評估報告',
      'A & B <draft>',
      '接收方',
      '證候',
      '8000',
      '第二',
      '"quoted" & <tagged>',
      '末頁',
    ];
    for (const each of wanted) expect(text).toContain(each);
    expect(textOf(strFromU8(parts['word/footer1.xml'] as Uint8Array))).toContain('河套');
    expect(text).not.toContain('\u0001');
  });

  it('names every part it refers to, and has the same bytes each time', async () => {
    const [first, second] = [await renderDocx(paper), await renderDocx(paper)];
    expect(first.equals(second)).toBe(true);
    const parts = unzipSync(first);
    const names = [...strFromU8(parts['[Content_Types].xml'] as Uint8Array).matchAll(/PartName="\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    for (const name of names) expect(Object.keys(parts)).toContain(name);
    const targets = [...strFromU8(parts['word/_rels/document.xml.rels'] as Uint8Array).matchAll(/Target="([^"]+)"/g)];
    for (const [, target] of targets) expect(Object.keys(parts)).toContain(`word/${target}`);
  });

  it('refuses a table whose rows do not fit', async () => {
    const uneven = { ...paper, blocks: [{ kind: 'table', columns: [{ title: 'a' }], rows: [['1', '2']] }] } as const;
    await expect(async () => renderDocx(uneven)).rejects.toThrow('/blocks/0/rows/0');
  });
});
