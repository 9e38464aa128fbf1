import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PrintDocument } from './document.js';
import { renderHtml } from './html.js';

const page = (text: string): PrintDocument => ({
  language: 'zh-Hant',
  title: text,
  subtitle: text,
  facts: [{ label: text, value: text }],
  blocks: [
    { kind: 'heading', level: 1, text },
    { kind: 'paragraph', text },
    { kind: 'note', text },
    { kind: 'list', items: [text] },
    { kind: 'table', columns: [{ title: text, align: 'right' }], rows: [[text]] },
    { kind: 'page-break' },
  ],
  footer: text,
});
/** Every tag of a page, so that what a text adds to it shows. */
const tags = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];

describe('a printed page', () => {
  it('has its language, its texts and no script', () => {
    const html = renderHtml(page('數據出境 & <b>更多</b>'));
    expect(html).toContain('<html lang="zh-Hant-HK">');
    expect(html).toContain('<title>數據出境 &amp; &lt;b&gt;更多&lt;/b&gt;</title>');
    expect(html).toContain('<td class="right">數據出境');
    expect(html).not.toMatch(/<script|https?:\/\/|javascript:/);
  });

  it('is never changed in its making by a text it prints', () => {
    const plain = tags(renderHtml(page('x')));
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.trim() !== '' && !text.includes('\n')),
        (text) => {
          expect(tags(renderHtml(page(text)))).toEqual(plain);
        },
      ),
      { numRuns: 200 },
    );
    expect(tags(renderHtml(page('</main><script>alert(1)</script>" onload="x')))).toEqual(plain);
  });
});
