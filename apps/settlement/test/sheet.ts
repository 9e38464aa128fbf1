import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

/** A cell as a spreadsheet reads it: text, number, or nothing; with its number format. */
export interface ReadCell {
  readonly value: string | number | null;
  readonly format: string;
}

/** The one sheet of a workbook. */
export interface ReadSheet {
  readonly name: string;
  readonly frozenRows: number;
  readonly widths: readonly number[];
  readonly rows: readonly (readonly ReadCell[])[];
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Reads a workbook by its XML, as ECMA-376 says, and not with the library that wrote it. */
export function readSheet(file: Uint8Array): ReadSheet {
  const parts = unzipSync(file);
  const part = (path: string): Element => {
    const bytes = parts[path];
    if (bytes === undefined) throw new Error(`The workbook has no ${path}.`);
    return parse(strFromU8(bytes));
  };
  const texts = all(part('xl/sharedStrings.xml'), 'si').map((si) =>
    all(si, 't')
      .map(({ text }) => text)
      .join(''),
  );
  const formats = formatsOf(part('xl/styles.xml'));
  const sheet = part('xl/worksheets/sheet1.xml');
  const columns = all(sheet, 'col');
  const [pane] = all(sheet, 'pane');
  return {
    name: all(part('xl/workbook.xml'), 'sheet')[0]?.attributes['name'] ?? '',
    frozenRows: pane?.attributes['state'] === 'frozen' ? Number(pane.attributes['ySplit']) : 0,
    widths: columns.map(({ attributes }) => Number(attributes['width'])),
    rows: all(sheet, 'row').map((row) => {
      const cells = Array.from({ length: columns.length }, (): ReadCell => ({ value: null, format: '' }));
      for (const cell of row.children) {
        const { r = '', t, s = '0' } = cell.attributes;
        const written = cell.children.find(({ name }) => name === 'v')?.text ?? '';
        const value = t === 's' ? (texts[Number(written)] ?? null) : Number(written);
        cells[columnOf(r)] = { value, format: formats[Number(s)] ?? '' };
      }
      return cells;
    }),
  };
}

/** The number format of each cell style, by its index. */
function formatsOf(styles: Element): readonly string[] {
  const codes = new Map(all(styles, 'numFmt').map(({ attributes: a }) => [a['numFmtId'], a['formatCode'] ?? '']));
  const cellXfs = all(styles, 'cellXfs')[0]?.children ?? [];
  return cellXfs.map(({ attributes }) => codes.get(attributes['numFmtId']) ?? '');
}

/** `B7` is in column 1. */
function columnOf(reference: string): number {
  return [...reference.replace(/\d+$/, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function all(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

/** Throws where the XML is not well formed. */
function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  return root;
}
