import { createHash } from 'node:crypto';
import { defineErrors, err, ok, type DomainError, type Result } from '@hetao/kernel';

/** One line of a web server's access log. */
export interface AccessLogEntry {
  /** From 1, in the file it was read from. */
  readonly lineNumber: number;
  /** Stays the same for the same line at the same place, so that sending a log twice counts it once. */
  readonly id: string;
  /** When the request was served: RFC 3339, UTC. */
  readonly time: string;
  readonly ip: string;
  /** Status code of the answer, three digits. */
  readonly status: number;
  /** Bytes of the answer without its headers, as decimal text; `-` in the log is no body. */
  readonly bytes: string;
  /** Path and query of the request as the client sent it; the whole request line where that is no HTTP request. */
  readonly path: string;
}

export const accessLogErrors = defineErrors({
  ACCESS_LOG_LINE_MALFORMED: {
    kind: 'invalid',
    title: 'A line of the access log cannot be read',
    fix: 'Write the log in Apache\'s common or combined format: host ident user [day/Mon/year:time zone] "request" status bytes …',
  },
});

/**
 * Apache's common log format; the combined format adds referrer and user agent, which say nothing about usage and may
 * be cut off where the server was stopped.
 */
const COMMON = /^(\S+) \S+ .*?\[([^\]]+)\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d{1,18}|-)(?: |$)/;
const TIME = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2})$/;
const REQUEST = /^[A-Z]+ (\S+)(?: HTTP\/\d(?:\.\d)?)?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** A line longer than this is an attack on the log, not a request worth keeping whole. */
const MAX_LINE = 16_384;
const MAX_PATH = 1_000;

/** Reads one line; `lineNumber` counts from 1 and is named in the error. */
export function parseAccessLogLine(line: string, lineNumber: number): Result<AccessLogEntry, DomainError> {
  if (line.length > MAX_LINE)
    return malformed(lineNumber, `it has ${line.length} characters; ${MAX_LINE} are the most`);
  const fields = COMMON.exec(line);
  if (!fields) return malformed(lineNumber, `"${line.slice(0, 80)}" is not in the common log format`);
  const [, ip = '', stamp = '', request = '', status, bytes = '-'] = fields;
  const time = utcOf(stamp);
  if (time === undefined) return malformed(lineNumber, `[${stamp}] is no time such as 17/May/2015:10:05:03 +0000`);
  return ok({
    lineNumber,
    id: `log-${String(lineNumber).padStart(8, '0')}-${createHash('sha256').update(line).digest('hex').slice(0, 16)}`,
    time,
    ip,
    status: Number(status),
    bytes: bytes === '-' ? '0' : BigInt(bytes).toString(),
    path: (REQUEST.exec(request)?.[1] ?? request).slice(0, MAX_PATH),
  });
}

/** A line as the usage event that the exchange counts: one call, and the bytes that were delivered. */
export function usageEventOf(entry: AccessLogEntry, to: { readonly agreementId: string; readonly source: string }) {
  return {
    specversion: '1.0',
    id: entry.id,
    source: to.source,
    type: 'hetao.usage.recorded',
    subject: to.agreementId,
    time: entry.time,
    data: {
      caller: entry.ip,
      meters: { bytes: entry.bytes, calls: '1' },
      path: entry.path,
      status: entry.status,
    },
  };
}

function utcOf(stamp: string): string | undefined {
  const [, day, month = '', year, clock, zoneHours, zoneMinutes] = TIME.exec(stamp) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  if (number === 0) return undefined;
  const date = `${year}-${String(number).padStart(2, '0')}-${day}`;
  // Date would read 31 April as 1 May.
  if (new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) !== date) return undefined;
  const ms = Date.parse(`${date}T${clock}${zoneHours}:${zoneMinutes}`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

function malformed(lineNumber: number, reason: string): Result<never, DomainError> {
  return err(
    accessLogErrors.ACCESS_LOG_LINE_MALFORMED(`Line ${lineNumber}: ${reason}.`, { meta: { line: lineNumber } }),
  );
}
