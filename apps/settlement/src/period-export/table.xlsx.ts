import writeExcelFile, { type Row } from 'write-excel-file/node';
import { exactNumber, textOf, type Cell, type Table } from './table.js';

/** Characters of the normal font; a longer text is cut on the screen only. */
const WIDTH = { least: 10, most: 40 } as const;

/** Only so many rows are measured: widths are a kindness, not a rule. */
const MEASURED = 200;

/**
 * A table as a workbook of one sheet (ECMA-376), whose heading stays while the rows scroll. Amounts are numbers with
 * their currency's decimals, and text where a spreadsheet would round them. No text becomes a formula: it is kept as a
 * string, whatever it begins with.
 */
export function xlsxOf({ name, columns, rows }: Table): Promise<Buffer> {
  const heading: Row = columns.map((value) => ({ value, type: String, fontWeight: 'bold' }));
  const sheet = [heading, ...rows.map((row) => row.map(cellOf))];
  return writeExcelFile(sheet, {
    sheet: name,
    stickyRowsCount: 1,
    columns: columns.map((title, at) => ({ width: widthOf(title, rows, at) })),
  }).toBuffer();
}

function cellOf(cell: Cell): Row[number] {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'string') return { value: cell, type: String };
  const value = exactNumber(cell);
  if (value === null) return { value: cell.text, type: String, align: 'right' };
  return { value, type: Number, format: cell.digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(cell.digits)}` };
}

function widthOf(title: string, rows: readonly (readonly Cell[])[], at: number): number {
  const longest = rows
    .slice(0, MEASURED)
    .reduce((width, row) => Math.max(width, (textOf(row[at] ?? null) ?? '').length), title.length);
  return Math.min(WIDTH.most, Math.max(WIDTH.least, longest + 3));
}
