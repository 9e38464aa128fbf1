import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy } from 'unpdf';
import type { PrintDocument } from './document.js';
import { renderPdf } from './pdf.js';

const invoice: PrintDocument = {
  language: 'zh-Hans',
  title: '发票 HX-2015-000001',
  subtitle: '河套数据交易所',
  facts: [
    { label: '买方', value: '粵港澳大灣區數據有限公司 · Bay Area Data Ltd.' },
    { label: '大写金额', value: '人民币贰仟零捌拾陆元玖角玖分' },
  ],
  blocks: [
    { kind: 'heading', level: 1, text: '明细' },
    {
      kind: 'table',
      columns: [
        { title: '项目', share: 3 },
        { title: '数量', align: 'right' },
        { title: '金额', align: 'right' },
      ],
      rows: Array.from({ length: 120 }, (_row, no) => [`接口调用 calls ${no + 1}`, `${no * 1000}`, `${no}.00`]),
    },
    { kind: 'paragraph', text: 'Thanh toán bằng đồng Việt Nam (VND), 滙豐銀行 HSBC.' },
    { kind: 'list', items: ['第一', 'second'] },
    { kind: 'note', text: '逾期另計利息。' },
  ],
  footer: '河套 · Hetao Exchange',
};

async function pagesOf(file: Buffer): Promise<readonly string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: false });
  return text;
}

describe('a printed document', () => {
  let file: Buffer;
  let pages: readonly string[];

  beforeAll(async () => {
    file = await renderPdf(invoice);
    pages = await pagesOf(file);
  });

  it('can be read again: Simplified, Traditional, English and Vietnamese', () => {
    const text = pages.join('\n');
    for (const part of [
      '发票 HX-2015-000001',
      '粵港澳大灣區數據有限公司 · Bay Area Data Ltd.',
      '人民币贰仟零捌拾陆元玖角玖分',
      'Thanh toán bằng đồng Việt Nam (VND), 滙豐銀行 HSBC.',
      '逾期另計利息。',
      '接口调用 calls 120',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('repeats the head of a long table, the footer and the number of the page on every page', () => {
    expect(pages.length).toBeGreaterThan(2);
    pages.slice(0, 3).forEach((page) => expect(page).toMatch(/项目\s+数量\s+金额/));
    pages.forEach((page, index) => {
      expect(page).toContain(`第 ${index + 1} 页，共 ${pages.length} 页`);
      expect(page).toContain('Hetao Exchange');
    });
  });

  it('carries only the characters it uses', () => {
    expect(file.length).toBeLessThan(200_000);
  });

  it('is the same file each time, and another for another content', async () => {
    const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    expect(hash(await renderPdf(structuredClone(invoice)))).toBe(hash(file));
    expect(hash(await renderPdf({ ...invoice, footer: '河套' }))).not.toBe(hash(file));
  });
});

describe('difficult texts', () => {
  const plain = (text: string): PrintDocument => ({
    language: 'en',
    title: 'T',
    facts: [],
    blocks: [{ kind: 'paragraph', text }],
    footer: '',
  });

  it('show a box for a character no font has, and nothing for a control character', async () => {
    expect((await pagesOf(await renderPdf(plain('a\u0007b 🀄 c')))).join('')).toContain('ab □ c');
  });

  it('go on over pages when one cell is higher than a page', async () => {
    const long = Array.from({ length: 3_000 }, (_word, no) => `w${no}`).join(' ');
    const document: PrintDocument = {
      ...plain(''),
      blocks: [{ kind: 'table', columns: [{ title: 'Head' }, { title: 'Other' }], rows: [[long, 'x']] }],
    };
    const pages = await pagesOf(await renderPdf(document));
    expect(pages.length).toBeGreaterThan(3);
    for (const no of [0, 1_500, 2_999]) expect(pages.join(' ')).toMatch(new RegExp(`\\bw${no}\\b`));
  });

  it.each([
    ['no title', { ...plain('x'), title: ' ' }, '/title'],
    [
      'a row with a cell too few',
      { ...plain('x'), blocks: [{ kind: 'table' as const, columns: [{ title: 'a' }, { title: 'b' }], rows: [['1']] }] },
      '/blocks/0/rows/0',
    ],
    [
      'a column of no width',
      { ...plain('x'), blocks: [{ kind: 'table' as const, columns: [{ title: 'a', share: 0 }], rows: [] }] },
      '/blocks/0/columns/0/share',
    ],
    [
      'a table without columns',
      { ...plain('x'), blocks: [{ kind: 'table' as const, columns: [], rows: [] }] },
      '/blocks/0/columns',
    ],
    ['more text than anybody prints', plain('x'.repeat(5_000_001)), '/blocks'],
  ])('are refused: %s', async (_case, document: PrintDocument, pointer) => {
    await expect(renderPdf(document)).rejects.toMatchObject({ problem: { code: 'PRINT_DOCUMENT_INVALID', pointer } });
  });
});
