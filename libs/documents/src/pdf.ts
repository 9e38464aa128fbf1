import { createHash } from 'node:crypto';
import { canonicalJson } from '@hetao/kernel';
import { assertPrintable, type Block, type PrintDocument, type PrintLanguage } from './document.js';
import { bodyWidth, page, PdfCanvas, type TextStyle } from './pdf-canvas.js';
import { drawTable } from './pdf-table.js';

const TITLE: TextStyle = { size: 18, weight: 'bold' };
const SUBTITLE: TextStyle = { size: 11, weight: 'regular', color: '#5b6470' };
const BODY: TextStyle = { size: 10, weight: 'regular' };
const LABEL: TextStyle = { size: 10, weight: 'regular', color: '#5b6470' };
const NOTE: TextStyle = { size: 9, weight: 'regular', color: '#5b6470' };
const HEADINGS: Readonly<Record<1 | 2 | 3, TextStyle>> = {
  1: { size: 14, weight: 'bold' },
  2: { size: 12, weight: 'bold' },
  3: { size: 10, weight: 'bold' },
};
const LABEL_WIDTH = 150;
const INDENT = 14;

const PAGE_LABEL: Readonly<Record<PrintLanguage, (no: number, of: number) => string>> = {
  en: (no, of) => `Page ${no} of ${of}`,
  'zh-Hans': (no, of) => `第 ${no} 页，共 ${of} 页`,
  'zh-Hant': (no, of) => `第 ${no} 頁，共 ${of} 頁`,
};

/**
 * Prints a document as PDF on A4. The fonts are embedded, cut down to the characters used, and the text can be selected
 * and searched. The same document always gives the same bytes.
 *
 * @throws DomainException PRINT_DOCUMENT_INVALID.
 */
export async function renderPdf(document: PrintDocument): Promise<Buffer> {
  assertPrintable(document);
  const canvas = new PdfCanvas(document, createHash('sha256').update(canonicalJson(document)).digest('hex'));
  writeHead(canvas, document);
  for (const block of document.blocks) writeBlock(canvas, block);
  return canvas.finish(document.footer, PAGE_LABEL[document.language]);
}

function writeHead(canvas: PdfCanvas, { title, subtitle, facts }: PrintDocument): void {
  canvas.write(canvas.lines(title, bodyWidth, TITLE), TITLE);
  if (subtitle !== undefined) canvas.write(canvas.lines(subtitle, bodyWidth, SUBTITLE), SUBTITLE);
  canvas.space(10);
  for (const { label, value } of facts) writeFact(canvas, label, value);
}

function writeFact(canvas: PdfCanvas, label: string, value: string): void {
  const labels = canvas.lines(label, LABEL_WIDTH - 8, LABEL);
  const values = canvas.lines(value, bodyWidth - LABEL_WIDTH, BODY);
  const count = Math.max(labels.length, values.length);
  for (let index = 0; index < count; index += 1) {
    canvas.keep(canvas.lineHeight(BODY));
    canvas.put(labels[index] ?? '', { x: page.left, style: LABEL });
    canvas.put(values[index] ?? '', { x: page.left + LABEL_WIDTH, style: BODY });
    canvas.advance(canvas.lineHeight(BODY));
  }
}

function writeBlock(canvas: PdfCanvas, block: Block): void {
  switch (block.kind) {
    case 'page-break':
      return canvas.newPage();
    case 'heading':
      return writeHeading(canvas, block);
    case 'paragraph':
      canvas.space(6);
      return canvas.write(canvas.lines(block.text, bodyWidth, BODY), BODY);
    case 'note':
      canvas.space(6);
      return canvas.write(canvas.lines(block.text, bodyWidth - INDENT, NOTE), NOTE, INDENT);
    case 'list':
      canvas.space(6);
      for (const item of block.items) writeItem(canvas, item);
      return undefined;
    case 'table':
      canvas.space(10);
      return drawTable(canvas, block);
  }
}

/** A heading stays with what follows it: alone at the foot of a page it would belong to nothing. */
function writeHeading(canvas: PdfCanvas, { level, text }: Extract<Block, { kind: 'heading' }>): void {
  const style = HEADINGS[level];
  const lines = canvas.lines(text, bodyWidth, style);
  canvas.space(14);
  canvas.keep(lines.length * canvas.lineHeight(style) + 3 * canvas.lineHeight(BODY));
  canvas.write(lines, style);
}

function writeItem(canvas: PdfCanvas, item: string): void {
  const lines = canvas.lines(item, bodyWidth - INDENT, BODY);
  canvas.keep(canvas.lineHeight(BODY));
  canvas.put('•', { x: page.left + 3, style: BODY });
  canvas.write(lines, BODY, INDENT);
}
