const SIGNATURE = Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1');
/** Eleven bytes of signature, four of flags, four that say how long an extension of the header is. */
const HEADER_BYTES = SIGNATURE.length + 8;
const TRAILER_BYTES = 2;
const FIRST_BYTES = 64 * 1024;
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const TWO_TO_32 = 2 ** 32;
/** Above the code of every character that is one byte in UTF-8. */
const ONE_BYTE = 0x80;
/** Up to here a loop is faster than a call into the runtime. */
const SHORT_TEXT = 64;

/**
 * Rows in PostgreSQL's binary COPY format. The server copies the fields as they are; in the text format it would look
 * for line ends and escapes in every byte and parse every number, instant and hash, at a third of what a row costs it.
 * The fields of a row are written in the order of the columns, after {@link row}.
 */
export class CopyRows {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #at = HEADER_BYTES;

  constructor() {
    this.#bytes.fill(0, 0, HEADER_BYTES);
    SIGNATURE.copy(this.#bytes);
  }

  /** Begins a row of so many fields. */
  row(fields: number): void {
    this.#room(2);
    this.#at = this.#bytes.writeInt16BE(fields, this.#at);
  }

  /** `integer`. */
  int32(value: number): void {
    this.#length(4);
    this.#at = this.#bytes.writeInt32BE(value, this.#at);
  }

  /** `bigint`; exact for safe integers. */
  int64(value: number): void {
    this.#length(8);
    const high = Math.floor(value / TWO_TO_32);
    this.#at = this.#bytes.writeInt32BE(high, this.#at);
    this.#at = this.#bytes.writeUInt32BE(value - high * TWO_TO_32, this.#at);
  }

  /** `timestamptz`. @param ms since 1970; whole. */
  instant(ms: number): void {
    this.int64((ms - POSTGRES_EPOCH_MS) * 1000);
  }

  /** `uuid`. @param hex 32 digits. */
  uuid(hex: string): void {
    this.#length(16);
    this.#at += this.#bytes.write(hex, this.#at, 16, 'hex');
  }

  /** `text` and `json`. */
  text(value: string): void {
    // A character of JavaScript is three bytes of UTF-8 at most.
    this.#room(4 + value.length * 3);
    const start = this.#at + 4;
    const end =
      (value.length <= SHORT_TEXT ? this.#ascii(value, start) : undefined) ?? start + this.#utf8(value, start);
    this.#bytes.writeInt32BE(end - start, this.#at);
    this.#at = end;
  }

  /** All of it, with the end that the server looks for. */
  finish(): Buffer {
    this.#room(TRAILER_BYTES);
    this.#at = this.#bytes.writeInt16BE(-1, this.#at);
    return this.#bytes.subarray(0, this.#at);
  }

  #length(bytes: number): void {
    this.#room(4 + bytes);
    this.#at = this.#bytes.writeInt32BE(bytes, this.#at);
  }

  /** Writes a text of one-byte characters and returns where it ends; undefined when it has others. */
  #ascii(value: string, start: number): number | undefined {
    const bytes = this.#bytes;
    for (let index = 0; index < value.length; index += 1) {
      const code = value.charCodeAt(index);
      if (code >= ONE_BYTE) return undefined;
      bytes[start + index] = code;
    }
    return start + value.length;
  }

  #utf8(value: string, start: number): number {
    return this.#bytes.write(value, start, 'utf8');
  }

  #room(bytes: number): void {
    const needed = this.#at + bytes;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#at);
    this.#bytes = grown;
  }
}
