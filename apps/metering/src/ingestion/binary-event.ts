import { err, ok, type Result } from '@hetao/kernel';
import { type EventSlice, splitBody } from './event-body.js';
import { usageBodyErrors, type UsageBodyError } from './usage-event.errors.js';

/** Header fields as Node gives them: names in lower case. */
export type HeaderFields = Readonly<Record<string, string | string[] | undefined>>;

const PREFIX = 'ce-';

/** Whether a request is a CloudEvent in binary mode: its attributes are header fields, its body is the data. */
export function isBinaryEvent(headers: HeaderFields): boolean {
  return Object.keys(headers).some((name) => name.startsWith(PREFIX));
}

/**
 * Turns a binary-mode event (CloudEvents 1.0 HTTP binding, section 3.1) into the text of a structured one, so that both
 * are read by the same rules. The body is cut first: data that would break out of its place is no document of its own.
 */
export function binaryEvent(headers: HeaderFields, body: Uint8Array): Result<readonly EventSlice[], UsageBodyError> {
  const data = splitBody(body, 'single');
  if (!data.ok) return data;
  const members: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith(PREFIX)) continue;
    const text = typeof value === 'string' ? decodeField(value) : undefined;
    if (text === undefined) {
      return err(
        usageBodyErrors.USAGE_HEADER_INVALID(`${name.slice(0, 40)} stands twice or is not percent-encoded UTF-8.`),
      );
    }
    members.push(`${JSON.stringify(name.slice(PREFIX.length))}:${JSON.stringify(text)}`);
  }
  const bytes = [Buffer.from(`{${members.join(',')},"data":`), body, Buffer.from('}')];
  const whole = splitBody(Buffer.concat(bytes), 'single');
  return whole.ok ? ok(whole.value) : whole;
}

function decodeField(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined; // URIError: a percent sign that begins no octet, or octets that are no UTF-8.
  }
}
