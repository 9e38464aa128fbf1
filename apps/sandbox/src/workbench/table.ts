import type { Bounds, Primitive } from '../pixel-source/primitives.js';
import { palette } from './palette.js';
import type { Widget } from './widgets.js';

type Table = Extract<Widget, { kind: 'table' }>;

const ROW = 22;
const HEAD = 28;
/** Rows of a result that are seen at once. */
export const visibleRows = 12;

/** A table in an area, from the row `top` on. */
export function drawTable(table: Table, area: Bounds, top: number): readonly Primitive[] {
  const width = area.width / Math.max(1, table.columns.length);
  const cell = (text: string, column: number, y: number, color: string): Primitive => {
    const numeric = table.columns[column]?.numeric === true;
    const left = area.x + column * width;
    return {
      ...{ kind: 'text', y, text, size: 13, color, width: width - 12 },
      ...(numeric ? { x: left + width - 8, align: 'right' } : { x: left + 8, align: 'left' }),
    };
  };
  const heads = table.columns.map(({ name }, column) => cell(name, column, area.y + HEAD / 2, palette.quiet));
  const rule: Primitive = {
    ...{ kind: 'line', color: palette.line, width: 1 },
    points: [
      [area.x, area.y + HEAD],
      [area.x + area.width, area.y + HEAD],
    ],
  };
  const rows = table.rows.slice(top, top + visibleRows).flatMap((row, index) => {
    const y = area.y + HEAD + ROW * (index + 0.5);
    return row.map((value, column) => cell(value ?? '–', column, y, palette.text));
  });
  return [...heads, rule, ...rows];
}
