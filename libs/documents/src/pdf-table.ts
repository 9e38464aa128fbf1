import type { Block, PrintColumn } from './document.js';
import { bodyHeight, bodyWidth, page, type PdfCanvas, type TextStyle } from './pdf-canvas.js';

const CELL: TextStyle = { size: 8.5, weight: 'regular' };
const HEAD: TextStyle = { size: 8.5, weight: 'bold' };
const PADDING = 4;
const HEAD_FILL = '#eef1f5';
const RULE = '#d9dde3';

interface PlacedColumn {
  readonly align: 'left' | 'right';
  readonly x: number;
  readonly width: number;
}

/** The lines of each cell of one row. */
type Row = readonly (readonly string[])[];

/** Draws a table over as many pages as it needs; its head stands on each of them. */
export function drawTable(canvas: PdfCanvas, { columns, rows }: Extract<Block, { kind: 'table' }>): void {
  const placed = placeColumns(columns);
  const head = rowOf(
    canvas,
    placed,
    columns.map(({ title }) => title),
    HEAD,
  );
  const headHeight = heightOf(canvas, head, HEAD);
  const drawHead = (): void => {
    canvas.band(headHeight, HEAD_FILL);
    drawRow(canvas, placed, head, HEAD);
  };
  canvas.keep(headHeight + 2 * canvas.lineHeight(CELL));
  drawHead();
  const room = bodyHeight - headHeight;
  for (const cells of rows) {
    for (const part of partsOf(canvas, rowOf(canvas, placed, cells, CELL), room)) {
      if (heightOf(canvas, part, CELL) > canvas.left) {
        canvas.newPage();
        drawHead();
      }
      drawRow(canvas, placed, part, CELL);
    }
  }
}

function placeColumns(columns: readonly PrintColumn[]): readonly PlacedColumn[] {
  const total = columns.reduce((sum, { share = 1 }) => sum + share, 0);
  let x: number = page.left;
  return columns.map(({ align = 'left', share = 1 }) => {
    const width = (bodyWidth * share) / total;
    const column = { align, x, width };
    x += width;
    return column;
  });
}

function rowOf(canvas: PdfCanvas, columns: readonly PlacedColumn[], cells: readonly string[], style: TextStyle): Row {
  return columns.map(({ width }, index) => canvas.lines(cells[index] ?? '', width - 2 * PADDING, style));
}

function heightOf(canvas: PdfCanvas, row: Row, style: TextStyle): number {
  return Math.max(...row.map(({ length }) => length)) * canvas.lineHeight(style) + PADDING;
}

/** A row higher than a page goes on over the next ones. */
function partsOf(canvas: PdfCanvas, row: Row, room: number): readonly Row[] {
  const most = Math.floor((room - PADDING) / canvas.lineHeight(CELL));
  const longest = Math.max(...row.map(({ length }) => length));
  const parts: Row[] = [];
  for (let from = 0; from < longest; from += most) parts.push(row.map((lines) => lines.slice(from, from + most)));
  return parts;
}

function drawRow(canvas: PdfCanvas, columns: readonly PlacedColumn[], row: Row, style: TextStyle): void {
  columns.forEach(({ align, x, width }, index) => {
    row[index]?.forEach((line, no) => {
      const down = PADDING / 2 + no * canvas.lineHeight(style);
      const right = align === 'right' ? x + width - PADDING : undefined;
      canvas.put(line, { x: x + PADDING, down, style, ...(right === undefined ? {} : { right }) });
    });
  });
  canvas.advance(heightOf(canvas, row, style));
  canvas.rule(RULE);
}
