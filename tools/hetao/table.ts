/** A row as it is shown: a heading for each column, and what stands beneath it. */
export type Row = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Characters that take two columns of a terminal (East Asian Width W and F, the usual blocks). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** What a terminal would obey instead of showing. */
const CONTROL = /[\p{Cc}\p{Cf}]/gu;

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0);
}

/**
 * Lines of a table: the headings, then a row each. Numbers stand to the right; the last column is cut where the terminal ends.
 *
 * @param columns width of the terminal
 */
export function tableLines(rows: readonly Row[], columns: number): string[] {
  const names = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => names.map((name) => shown(row[name])));
  const widths = names.map((name, at) => Math.max(widthOf(name), ...cells.map((row) => widthOf(row[at] ?? ''))));
  const line = (texts: readonly string[], right: (at: number) => boolean) =>
    cut(
      texts
        .map((text, at) => padded(text, widths[at] ?? 0, right(at)))
        .join('  ')
        .trimEnd(),
      columns,
    );
  const numeric = (at: number) => rows.every((row) => typeof row[names[at] ?? ''] === 'number');
  return [
    line(
      names.map((name) => name.toUpperCase()),
      numeric,
    ),
    ...cells.map((row) => line(row, numeric)),
  ];
}

function shown(value: Row[string]): string {
  return value === null || value === undefined ? '–' : String(value).replace(CONTROL, ' ');
}

function padded(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}

function cut(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  let kept = '';
  for (const character of line) {
    if (widthOf(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
