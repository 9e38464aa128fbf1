import type { OutputCheck } from './output.js';

/** A file that is to leave. */
export interface CheckedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

export const maxOutputBytes = 16_000_000;
export const maxOutputRows = 5_000;
const IDENTIFIER = /(^|_)(patient|person|subject|encounter)?_?(id|identifier|mrn)$/i;
/** Beginnings of files that run or unfold, byte by byte: programs, archives, pickles, scripts. */
const MAGIC: readonly (readonly [string, readonly (readonly number[])[]])[] = [
  [
    'a program',
    [
      [0x4d, 0x5a],
      [0x7f, 0x45, 0x4c, 0x46],
      [0xca, 0xfe, 0xba, 0xbe],
    ],
  ],
  [
    'an archive',
    [
      [0x50, 0x4b, 0x03, 0x04],
      [0x1f, 0x8b],
      [0x52, 0x61, 0x72, 0x21],
      [0x37, 0x7a, 0xbc, 0xaf],
    ],
  ],
  [
    'a pickle',
    [
      [0x80, 0x02],
      [0x80, 0x03],
      [0x80, 0x04],
      [0x80, 0x05],
    ],
  ],
  ['a script', [[0x23, 0x21]]],
];

/** Looks for what must not even be opened. */
export function scanFile({ content }: CheckedFile): OutputCheck {
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, at) => content[at] === byte);
  const found = MAGIC.find(([, beginnings]) => beginnings.some(begins));
  return {
    name: 'scan',
    verdict: found ? 'fail' : 'pass',
    detail: found ? `It looks like ${found[0]}.` : 'Nothing was found.',
  };
}

/**
 * Checks a table that is to leave: kind, size, rows, columns that name patients, formulas that run in a spreadsheet. Its
 * figures were gated when the job ended; that they are those very figures is checked by the hash.
 */
export function checkFile(file: CheckedFile): readonly OutputCheck[] {
  const { content, mediaType } = file;
  const check = (name: string, holds: boolean, detail: string): OutputCheck => ({
    name,
    verdict: holds ? 'pass' : 'fail',
    detail,
  });
  const text = new TextDecoder().decode(content);
  const [header = '', ...rows] = text.trimEnd().split('\n');
  const columns = header.split(',').map((column) => column.replaceAll('"', '').trim());
  const named = columns.filter((column) => IDENTIFIER.test(column));
  return [
    check('type', mediaType === 'text/csv', `It is ${mediaType}; csv is allowed.`),
    check('size', content.byteLength <= maxOutputBytes, `${content.byteLength} bytes of at most ${maxOutputBytes}.`),
    check('rows', rows.length <= maxOutputRows, `${rows.length} rows of at most ${maxOutputRows}.`),
    check(
      'identifiers',
      named.length === 0,
      named.length === 0 ? 'No column names a patient.' : `${named.join(', ')} may name patients.`,
    ),
    check('formulas', !rows.some((row) => /(^|,)"?[=@]/.test(row)), 'No cell is a formula.'),
  ];
}

/** A table as csv (RFC 4180); what a spreadsheet would run is quoted as text. */
export function toCsv(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cell = (value: unknown): string => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const safe = /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [columns, ...rows].map((row) => row.map(cell).join(',')).join('\n') + '\n';
}
