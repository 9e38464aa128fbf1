/**
 * A table as RFC 4180 says, each row ended by CR LF. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it: names come from outside. Numbers keep their sign.
 */
export function* csvLines(columns: readonly string[], rows: Iterable<readonly (string | null)[]>): Generator<string> {
  yield line(columns);
  for (const row of rows) yield line(row.map((cell) => cell ?? ''));
}

function line(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

const NUMBER = /^-?\d+(\.\d+)?$/;
const FORMULA = /^[=+\-@\t\r]/;

function cellOf(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
