import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { err, ok, type Result } from '@hetao/kernel';
import type { ProfileFormat } from './profile.js';
import { profileErrors, type ProfileError } from './profile.errors.js';
import { encodings, guessEncoding, type Encoding } from './text-encoding.js';

/** How much is looked at before a word is said about the file. */
const SAMPLE_BYTES = 256 * 1024;

const MAGIC: readonly (readonly [bytes: readonly number[], kind: string])[] = [
  [[0x50, 0x41, 0x52, 0x31], 'parquet'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive or a workbook'],
  [[0x50, 0x4b, 0x05, 0x06], 'a ZIP archive or a workbook'],
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a Zstandard archive'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'an xz archive'],
  [[0x52, 0x61, 0x72, 0x21], 'a RAR archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old workbook'],
];

/**
 * Writes the file down as the engine reads it: Parquet as it is, texts in UTF-8. Nothing is unpacked, ever: an archive is
 * refused by its first bytes.
 *
 * @param parts the file's bytes in order.
 * @returns the encoding the text was in; null for Parquet.
 */
export async function writeReadable(
  parts: AsyncIterable<Buffer>,
  file: { readonly path: string; readonly format: ProfileFormat; readonly encoding: string | null },
): Promise<Result<Encoding | null, ProfileError>> {
  const output = createWriteStream(file.path, { mode: 0o600 });
  let text: TextFile | undefined;
  let begun = false;
  try {
    for await (const part of inSamples(parts)) {
      if (!begun) {
        begun = true;
        const refused = refuseByMagic(part, file.format);
        if (refused !== undefined) return err(refused);
        if (file.format !== 'parquet') {
          const encoding = encodingOf(part, file.encoding);
          if (!encoding.ok) return encoding;
          text = new TextFile(encoding.value);
        }
      }
      const readable = text === undefined ? ok(part) : text.read(part);
      if (!readable.ok) return readable;
      if (!output.write(readable.value)) await once(output, 'drain');
    }
    const rest = text?.end() ?? ok('');
    if (!rest.ok) return rest;
    output.write(rest.value);
    return begun ? ok(text?.encoding ?? null) : err(profileErrors.PROFILE_EMPTY('The file has no bytes.'));
  } finally {
    output.end();
    await finished(output);
  }
}

/** The first piece is long enough to be judged by. */
async function* inSamples(parts: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let first: Buffer[] | undefined = [];
  let bytes = 0;
  for await (const part of parts) {
    if (first === undefined) {
      yield part;
      continue;
    }
    first.push(part);
    bytes += part.length;
    if (bytes < SAMPLE_BYTES) continue;
    yield Buffer.concat(first);
    first = undefined;
  }
  if (first !== undefined && bytes > 0) yield Buffer.concat(first);
}

function refuseByMagic(head: Buffer, format: ProfileFormat): ProfileError | undefined {
  const kind = MAGIC.find(([bytes]) => bytes.every((byte, at) => head[at] === byte))?.[1];
  if (kind === 'parquet') {
    return format === 'parquet' ? undefined : profileErrors.PROFILE_FORMAT_WRONG(`It is Parquet, not ${format}.`);
  }
  if (kind !== undefined) return profileErrors.PROFILE_COMPRESSED(`It begins like ${kind}.`);
  return format === 'parquet'
    ? profileErrors.PROFILE_FORMAT_WRONG('It does not begin as Parquet does, with PAR1.')
    : undefined;
}

function encodingOf(head: Buffer, named: string | null): Result<Encoding, ProfileError> {
  const known = encodings.find((encoding) => encoding === named) ?? guessEncoding(head.subarray(0, SAMPLE_BYTES));
  if (known !== undefined) return ok(known);
  return err(
    profileErrors.PROFILE_ENCODING_UNCLEAR(
      `Its first ${Math.min(head.length, SAMPLE_BYTES)} bytes are not UTF-8, and neither clearly GB18030 nor clearly Big5.`,
    ),
  );
}

/** Reads a text piece by piece, and stops at the first piece that is none. */
class TextFile {
  readonly encoding: Encoding;
  readonly #decoder: InstanceType<typeof TextDecoder>;
  #bytes = 0;
  #lines = 1;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  read(part: Buffer): Result<string, ProfileError> {
    return this.#decoded(part, () => this.#decoder.decode(part, { stream: true }));
  }

  end(): Result<string, ProfileError> {
    return this.#decoded(Buffer.alloc(0), () => this.#decoder.decode());
  }

  #decoded(part: Buffer, decode: () => string): Result<string, ProfileError> {
    const [from, to] = [this.#bytes, this.#bytes + part.length];
    let text: string;
    try {
      text = decode();
    } catch {
      const detail = `Bytes ${from} to ${to}, from line ${this.#lines} on, are not all ${this.encoding}.`;
      return err(profileErrors.PROFILE_ENCODING_BROKEN(detail));
    }
    const nul = text.indexOf('\0');
    if (nul >= 0) {
      return err(
        profileErrors.PROFILE_NUL_BYTES(`The first is in line ${this.#lines + newlinesIn(text.slice(0, nul))}.`),
      );
    }
    this.#bytes = to;
    this.#lines += newlinesIn(text);
    return ok(text);
  }
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
