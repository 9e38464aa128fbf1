import { err, ok, type Result } from '@hetao/kernel';
import { usageBodyErrors, type UsageBodyError } from './usage-event.errors.js';

/** Most events of one request. */
export const maxEvents = 5_000;
/** Most bytes of one request. */
export const maxBodyBytes = 8 * 1024 * 1024;

/**
 * The text of one event inside a body, with what one pass over the body learned about it. An event that is broken in
 * itself still has a slice, so that it is refused alone.
 */
export interface EventSlice {
  /** The event's own text; undefined where its bytes are not UTF-8. */
  readonly text: string | undefined;
  /** Length in UTF-16 code units; in bytes where the body is not UTF-8. */
  readonly length: number;
  /** Deepest nesting of objects and arrays; a flat object is 1. */
  readonly depth: number;
  /** Members of all objects, as written. Fewer members after parsing means that a name stood twice. */
  readonly members: number;
  /** A number may carry a fraction or an exponent; only then can parsing have lost digits. */
  readonly inexactNumbers: boolean;
  /** A string holds a `\u` escape: the only way to a NUL or a lone surrogate in valid UTF-8. */
  readonly unicodeEscapes: boolean;
}

/** What the content type promises. */
export type BodyShape = 'single' | 'batch' | 'either';

const utf8 = new TextDecoder('utf-8', { fatal: true });
// One character a byte: JSON's own characters are ASCII, so structure is found in bytes of any encoding.
const bytewise = new TextDecoder('latin1');

/**
 * Cuts a body into its events without parsing them.
 *
 * @throws never; a body whose events cannot be told apart is USAGE_BODY_MALFORMED, the wrong shape USAGE_BODY_SHAPE,
 *   more than {@link maxEvents} events USAGE_BATCH_TOO_LARGE.
 */
export function splitBody(body: Uint8Array, shape: BodyShape): Result<readonly EventSlice[], UsageBodyError> {
  const decoded = decode(utf8, body);
  const text = decoded ?? bytewise.decode(body);
  const start = skipSpace(text, 0);
  const first = text[start];
  if (first !== '{' && first !== '[') {
    const found = start === text.length ? 'The body is empty' : `The body begins with ${JSON.stringify(first)}`;
    return err(usageBodyErrors.USAGE_BODY_MALFORMED(`${found}.`));
  }
  if ((shape === 'single' && first === '[') || (shape === 'batch' && first === '{')) {
    return err(usageBodyErrors.USAGE_BODY_SHAPE(`The body is an ${first === '[' ? 'array' : 'object'}.`));
  }
  const scan = first === '[' ? new BodyScan(text, 1) : new BodyScan(text, 0);
  const end = scan.run(start);
  if (end === undefined || skipSpace(text, end) !== text.length) return err(scan.fault(end));
  if (scan.slices.length > maxEvents) {
    return err(
      usageBodyErrors.USAGE_BATCH_TOO_LARGE(`The batch holds more than ${maxEvents} events, the most a request takes.`),
    );
  }
  return ok(decoded === undefined ? scan.slices.map((slice) => decodeAlone(slice, body)) : scan.slices);
}

interface FoundSlice extends EventSlice {
  readonly from: number;
  readonly to: number;
}

/** One pass over the characters: strings are skipped, brackets counted, and events cut at the depth they stand at. */
class BodyScan {
  readonly slices: FoundSlice[] = [];
  readonly #text: string;
  readonly #eventDepth: number;
  #from = 0;
  #deepest = 0;
  #members = 0;
  #inexactNumbers = false;
  #unicodeEscapes = false;
  #unterminated = false;

  /** @param eventDepth how many brackets stand around an event: 1 in a batch, 0 for a single event. */
  constructor(text: string, eventDepth: 0 | 1) {
    this.#text = text;
    this.#eventDepth = eventDepth;
  }

  /** Scans the document that begins at `start`; returns where it ends, or undefined when it does not. */
  run(start: number): number | undefined {
    const text = this.#text;
    this.#from = start + this.#eventDepth;
    let depth = 0;
    for (let at = start; at < text.length && this.slices.length <= maxEvents; at += 1) {
      const char = text.charCodeAt(at);
      if (char === QUOTE) at = this.#skipString(at);
      else if (char === COLON) this.#members += 1;
      else if (char === OPEN_BRACE || char === OPEN_BRACKET) {
        depth += 1;
        if (depth > this.#deepest) this.#deepest = depth;
      } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
        depth -= 1;
        if (depth === 0) return this.#finish(at);
      } else if (char === COMMA) {
        if (depth === 1 && this.#eventDepth === 1) this.#cut(at);
      } else if (char === POINT || ((char | 32) === LOWER_E && isDigit(text.charCodeAt(at - 1)))) {
        this.#inexactNumbers = true;
      }
    }
    // Too many events ends the scan early; the count says so, the rest need not be read.
    return this.slices.length > maxEvents ? text.length : undefined;
  }

  /** What to say about a document that did not end where it should. */
  fault(end: number | undefined): UsageBodyError {
    if (end !== undefined) {
      const where = `after position ${end}, where the JSON document ended`;
      return usageBodyErrors.USAGE_BODY_MALFORMED(`The body goes on ${where}.`);
    }
    const cause = this.#unterminated ? 'inside a string' : 'before its last bracket was closed';
    return usageBodyErrors.USAGE_BODY_MALFORMED(`The body ends ${cause}.`, {
      fix: 'Send the whole document; check that nothing cut the request short.',
    });
  }

  #finish(at: number): number {
    const isEmptyBatch = this.#eventDepth === 1 && this.slices.length === 0 && skipSpace(this.#text, this.#from) === at;
    if (!isEmptyBatch) this.#cut(this.#eventDepth === 1 ? at : at + 1);
    return at + 1;
  }

  #cut(to: number): void {
    const from = this.#from;
    this.slices.push({
      text: this.#text.slice(from, to),
      length: to - from,
      depth: this.#deepest - this.#eventDepth,
      members: this.#members,
      inexactNumbers: this.#inexactNumbers,
      unicodeEscapes: this.#unicodeEscapes,
      from,
      to,
    });
    this.#from = to + 1;
    this.#deepest = this.#eventDepth;
    this.#members = 0;
    this.#inexactNumbers = false;
    this.#unicodeEscapes = false;
  }

  /** Returns the position of the closing quote, or the end of the text. */
  #skipString(opening: number): number {
    const text = this.#text;
    for (let at = opening + 1; at < text.length; at += 1) {
      const char = text.charCodeAt(at);
      if (char === QUOTE) return at;
      if (char === BACKSLASH) {
        at += 1;
        if (text.charCodeAt(at) === LOWER_U) this.#unicodeEscapes = true;
      }
    }
    this.#unterminated = true;
    return text.length;
  }
}

function decodeAlone(slice: FoundSlice, body: Uint8Array): EventSlice {
  return { ...slice, text: decode(utf8, body.subarray(slice.from, slice.to)) };
}

function decode(decoder: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined; // The one thing a fatal decoder throws: bytes that are not UTF-8.
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  return at;
}

function isDigit(char: number): boolean {
  return char >= 48 && char <= 57;
}

const QUOTE = 34;
const COMMA = 44;
const POINT = 46;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const LOWER_E = 101;
const LOWER_U = 117;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
