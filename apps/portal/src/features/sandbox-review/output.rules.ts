import type { OutputRequestView } from '@hetao/client';
import type { Persona } from '../../app/page-state.js';

/** Who reads the page. */
export interface OutputReader {
  readonly account_id: string;
  readonly organisation_id: string;
  readonly personas: readonly Persona[];
}

const DECIDABLE: ReadonlySet<OutputRequestView['state']> = new Set(['auto_checked', 'partially_reviewed', 'reviewed']);

/** What this reader can do with a result now; the exchange judges again. */
export function movesOn(
  output: Pick<OutputRequestView, 'state' | 'author' | 'content' | 'reviews' | 'content_hash'>,
  { account_id: reader, personas }: OutputReader,
) {
  // The exchange gives the content to reviewers alone, and a released one to its buyer as a file.
  const isReviewer = output.content !== null && (personas.includes('merchant') || personas.includes('operator'));
  const hasVoted = output.reviews.some(({ reviewer }) => reviewer === reader);
  const isBuyers = output.content === null;
  return {
    vote: isReviewer && !hasVoted && output.author !== reader && DECIDABLE.has(output.state),
    recall: isReviewer && output.state === 'released',
    download: isBuyers && output.state === 'released',
    withdraw: isBuyers && (DECIDABLE.has(output.state) || output.state === 'returned'),
  };
}

/** Rows of a table as CSV writes it (RFC 4180), the head first; `most` rows of it. */
export function tableOf(csv: string, most: number): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare = '', end = ''] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === ',') continue;
    if (row.some((cell) => cell !== '')) rows.push(row);
    row = [];
    if (rows.length > most) break;
  }
  return rows.slice(0, most + 1);
}
