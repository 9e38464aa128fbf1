import { formatInstant } from '../window/instant.js';
import type { UsageRecord } from './usage-record.queries.js';

/** RFC 4180, with the header that names the columns. */
export const csvHeader = 'time,id,source,agreement_id,revision,meters,data\r\n';

/** One record as a line. */
export function csvLine(record: UsageRecord): string {
  const { meters, ...rest } = record.data;
  return `${[
    formatInstant(record.timeMs),
    field(record.eventId),
    field(record.source),
    record.agreementId,
    String(record.revision),
    field(JSON.stringify(meters)),
    field(JSON.stringify(rest)),
  ].join(',')}\r\n`;
}

/**
 * A field that no spreadsheet takes for a formula: a text that begins as one gets an apostrophe in front, as is usual.
 */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
