/** Excel takes a file for UTF-8 by this alone; without it Chinese turns to rubbish. */
const BYTE_ORDER_MARK = '\ufeff';

/** A cell that starts like a formula is run by spreadsheets; an apostrophe makes it text (OWASP, CSV injection). */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Rows as RFC 4180 has them, head first. */
export function csvOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
