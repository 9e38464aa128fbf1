import { err, ok, type Result } from '@hetao/kernel';
import { type EventSlice, maxEvents, splitBody } from './event-body.js';
import { usageBodyErrors, type UsageBodyError } from './usage-event.errors.js';

const LINE_FEED = 10;

/**
 * Cuts a body of lines of JSON (NDJSON) into its events. A line that is no object is refused alone; empty lines are
 * passed over.
 */
export function splitLines(body: Uint8Array): Result<readonly EventSlice[], UsageBodyError> {
  const slices: EventSlice[] = [];
  for (let from = 0; from < body.length;) {
    const at = body.indexOf(LINE_FEED, from);
    const to = at === -1 ? body.length : at;
    if (!isBlank(body, from, to)) slices.push(sliceOfLine(body.subarray(from, to)));
    if (slices.length > maxEvents) {
      return err(usageBodyErrors.USAGE_BATCH_TOO_LARGE(`The body has more than ${maxEvents} lines.`));
    }
    from = to + 1;
  }
  return ok(slices);
}

/** One line as an event; a broken one keeps its text, so that reading it tells what is wrong. */
export function sliceOfLine(line: Uint8Array): EventSlice {
  const split = splitBody(line, 'single');
  const [slice] = split.ok ? split.value : [];
  if (slice) return slice;
  const text = Buffer.from(line).toString('utf8');
  return { text, length: text.length, depth: 1, members: 0, inexactNumbers: false, unicodeEscapes: true };
}

/** Whether a line holds nothing but spaces. */
export function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte !== 32 && byte !== 9 && byte !== 13) return false;
  }
  return true;
}
