import type { PrintDocument } from './document.js';
import { fontFile, type FontWeight } from './fonts.js';
import { breakLines } from './line-breaking.js';
import PDFDocument from 'pdfkit';

/** A4 in points, with margins that leave room for a binding and the footer. */
export const page = { width: 595.28, height: 841.89, left: 56, right: 56, top: 56, bottom: 72 } as const;
export const bodyWidth = page.width - page.left - page.right;
export const bodyHeight = page.height - page.top - page.bottom;

const LEADING = 1.5;
// A print states its own dates in its text; the time of rendering would make every copy another file, and the format's
// metadata must hold some date.
const UNDATED = new Date(0);
const FIRST_PRINTABLE = 0x20;
const DELETE = 0x7f;

export interface TextStyle {
  readonly size: number;
  readonly weight: FontWeight;
  readonly color?: string;
}

/** A page to write on: knows fonts, widths and how far down the page it is; starts new pages by itself. */
export class PdfCanvas {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #widths = new Map<string, number>();
  readonly #drawable = new Map<string, string>();
  #y: number = page.top;

  constructor(document: Pick<PrintDocument, 'language' | 'title'>, contentHash: string) {
    this.#pdf = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: document.language,
      displayTitle: true,
      info: { Title: document.title, Keywords: `sha256:${contentHash}`, CreationDate: UNDATED },
    });
    for (const weight of ['regular', 'bold'] as const) this.#pdf.registerFont(weight, fontFile(weight));
  }

  get left(): number {
    return bodyHeight - (this.#y - page.top);
  }

  lineHeight({ size }: TextStyle): number {
    return size * LEADING;
  }

  /** Moves down; at the top of a page there is nothing to keep apart. */
  space(points: number): void {
    if (this.#y > page.top) this.#y += points;
  }

  newPage(): void {
    this.#pdf.addPage();
    this.#y = page.top;
  }

  /** Starts a new page unless `height` fits on this one. */
  keep(height: number): void {
    if (height > this.left && this.#y > page.top) this.newPage();
  }

  lines(text: string, width: number, style: TextStyle): readonly string[] {
    return breakLines(this.#printable(text, style), width, (part) => this.#width(part, style));
  }

  /** Writes lines from the left edge plus `indent`, over as many pages as they need. */
  write(lines: readonly string[], style: TextStyle, indent = 0): void {
    for (const line of lines) {
      this.keep(this.lineHeight(style));
      this.put(line, { x: page.left + indent, style });
      this.#y += this.lineHeight(style);
    }
  }

  /** Draws one line of text at the present height plus `down`; `right` is the edge a right-aligned text ends at. */
  put(line: string, at: { x: number; right?: number; down?: number; style: TextStyle }): void {
    const { style } = at;
    const x = at.right === undefined ? at.x : at.right - this.#width(line, style);
    const top = this.#y + (at.down ?? 0) + (this.lineHeight(style) - style.size * 1.2) / 2;
    this.#use(style).text(line, x, top, { lineBreak: false });
  }

  /** A filled band over the whole width, `height` points from the present height on. */
  band(height: number, color: string, width: number = bodyWidth): void {
    this.#pdf.rect(page.left, this.#y, width, height).fill(color);
  }

  /** A line across the page at the present height. */
  rule(color: string): void {
    const right = page.left + bodyWidth;
    this.#pdf.moveTo(page.left, this.#y).lineTo(right, this.#y).lineWidth(0.5).strokeColor(color).stroke();
  }

  advance(points: number): void {
    this.#y += points;
  }

  /** Writes the foot of every page and gives the file. */
  async finish(footer: string, pageLabel: (no: number, of: number) => string): Promise<Buffer> {
    const style: TextStyle = { size: 8, weight: 'regular', color: '#5b6470' };
    const { count } = this.#pdf.bufferedPageRange();
    const [line = ''] = this.lines(footer, bodyWidth - 80, style);
    for (let index = 0; index < count; index += 1) {
      this.#pdf.switchToPage(index);
      this.#y = page.height - page.bottom + 24;
      this.rule('#c9ced6');
      this.put(line, { x: page.left, down: 4, style });
      this.put(pageLabel(index + 1, count), { x: 0, right: page.left + bodyWidth, down: 4, style });
    }
    const chunks: Buffer[] = [];
    const done = new Promise<Buffer>((resolve, reject) => {
      this.#pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.#pdf.on('end', () => resolve(Buffer.concat(chunks)));
      this.#pdf.on('error', reject);
    });
    this.#pdf.end();
    return done;
  }

  #use({ size, weight, color = '#14181f' }: TextStyle): PDFKit.PDFDocument {
    return this.#pdf.font(weight).fontSize(size).fillColor(color);
  }

  #width(text: string, { size, weight }: TextStyle): number {
    const key = `${weight} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known * size;
    const measured = this.#pdf.font(weight).fontSize(1).widthOfString(text);
    // Bounded: characters and common words come again, whole lines do not.
    if (text.length <= 12) this.#widths.set(key, measured);
    return measured * size;
  }

  /** Control characters leave no mark; a character the font lacks leaves a box, so that nobody takes it for a blank. */
  #printable(text: string, { weight }: TextStyle): string {
    let printable = '';
    for (const character of text.replaceAll('\r\n', '\n').replaceAll('\t', ' ')) {
      const known = this.#drawable.get(character) ?? this.#draw(character, weight);
      this.#drawable.set(character, known);
      printable += known;
    }
    return printable;
  }

  #draw(character: string, weight: FontWeight): string {
    if (character === '\n') return character;
    const code = character.codePointAt(0) ?? 0;
    if (code < FIRST_PRINTABLE || (code >= DELETE && code < 0xa0)) return '';
    return hasGlyph(this.#pdf.font(weight), code) ? character : '□';
  }
}

/** The typings leave out the font object, whose `font` is fontkit's. */
function hasGlyph(pdf: PDFKit.PDFDocument, code: number): boolean {
  const embedded: unknown = Reflect.get(pdf, '_font');
  if (!isEmbeddedFont(embedded)) throw new Error('The PDF library keeps its font elsewhere than it did.');
  return embedded.font.hasGlyphForCodePoint(code);
}

interface EmbeddedFont {
  readonly font: { hasGlyphForCodePoint(code: number): boolean };
}

function isEmbeddedFont(value: unknown): value is EmbeddedFont {
  if (typeof value !== 'object' || value === null || !('font' in value)) return false;
  const { font } = value;
  return typeof font === 'object' && font !== null && 'hasGlyphForCodePoint' in font;
}
