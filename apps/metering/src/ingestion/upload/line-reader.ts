import { maxEventLength } from '../usage-event.js';

/** A line of an upload. */
export interface UploadLine {
  readonly bytes: Uint8Array;
  /** Place in the file of the first byte after it and its line feed. */
  readonly endOffset: number;
}

const LINE_FEED = 10;
/** A character takes four bytes at most; what is longer is no event, and is not kept in memory. */
const MAX_LINE_BYTES = maxEventLength * 4;

/**
 * Cuts a stream of bytes into lines. Memory stays within one chunk and one line however large the upload is: of a line
 * that is too long only the beginning is kept, which is enough to refuse it.
 */
export class LineReader {
  #rest: Uint8Array[] = [];
  #restBytes = 0;
  #offset: number;

  /** @param offset place of the stream's first byte in the file. */
  constructor(offset: number) {
    this.#offset = offset;
  }

  /** The lines that end in this chunk. */
  *push(chunk: Uint8Array): Iterable<UploadLine> {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
      const line = this.#take(chunk.subarray(from, at));
      this.#offset += at + 1 - from;
      from = at + 1;
      yield { bytes: line, endOffset: this.#offset };
    }
    this.#keep(chunk.subarray(from));
    this.#offset += chunk.length - from;
  }

  /** What stands after the last line feed: a line if the file ends here. */
  rest(): UploadLine | undefined {
    if (this.#restBytes === 0) return undefined;
    return { bytes: this.#take(new Uint8Array()), endOffset: this.#offset };
  }

  #take(end: Uint8Array): Uint8Array {
    this.#keep(end);
    const line = this.#rest.length === 1 ? (this.#rest[0] as Uint8Array) : Buffer.concat(this.#rest);
    this.#rest = [];
    this.#restBytes = 0;
    return line;
  }

  #keep(part: Uint8Array): void {
    if (part.length === 0) return;
    const room = Math.max(0, MAX_LINE_BYTES + 1 - this.#restBytes);
    if (room > 0) this.#rest.push(part.subarray(0, room));
    this.#restBytes += part.length;
  }
}
