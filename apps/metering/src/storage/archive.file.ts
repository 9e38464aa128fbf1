import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';

/** A raw event as it lies in an archive: with names, so that the file is understood without the database. */
export interface ArchivedEvent {
  readonly batchNo: bigint;
  readonly eventTime: Date;
  readonly senderId: string;
  readonly source: string;
  readonly agreementId: string;
  readonly eventId: string;
  /** Canonical JSON, byte for byte what was hashed. */
  readonly data: string;
}

const COLUMNS: readonly { readonly name: keyof ArchivedEvent; readonly type: NonNullable<ColumnSource['type']> }[] = [
  { name: 'batchNo', type: 'INT64' },
  { name: 'eventTime', type: 'TIMESTAMP' },
  { name: 'senderId', type: 'STRING' },
  { name: 'source', type: 'STRING' },
  { name: 'agreementId', type: 'STRING' },
  { name: 'eventId', type: 'STRING' },
  { name: 'data', type: 'STRING' },
];

/** Rows that are read of a file at once. */
const READ_AT_ONCE = 10_000;

/** Writes a Parquet file row group by row group: memory stays within one of them. */
export class ArchiveWriter {
  readonly #bytes = new ByteWriter();
  readonly #content = createHash('sha256');
  readonly #file;
  #events = 0;

  private constructor(private readonly handle: FileHandle) {
    this.#file = new ParquetWriter({
      writer: this.#bytes,
      schema: schemaFromColumnData({ columnData: columnsOf([]) }),
      createdBy: 'hetao metering',
    });
  }

  static async create(path: string): Promise<ArchiveWriter> {
    return new ArchiveWriter(await open(path, 'w'));
  }

  async write(events: readonly ArchivedEvent[]): Promise<void> {
    if (events.length === 0) return;
    for (const event of events) this.#content.update(lineOf(event));
    this.#events += events.length;
    void this.#file.write({ columnData: columnsOf(events), rowGroupSize: events.length });
    await this.#flush();
  }

  /** Finishes the file and makes it durable; returns how many events it holds and a digest of what they say. */
  async finish(): Promise<{ readonly events: number; readonly content: Buffer }> {
    void this.#file.finish();
    await this.#flush();
    await this.handle.sync();
    await this.handle.close();
    return { events: this.#events, content: this.#content.digest() };
  }

  async #flush(): Promise<void> {
    await this.handle.write(this.#bytes.getBytes());
    // The writer counts its offsets apart from its buffer, which may be used again.
    this.#bytes.index = 0;
  }
}

/** The events of an archive in the order in which they were written, some thousands at a time. */
export async function* readArchive(path: string): AsyncIterable<readonly ArchivedEvent[]> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const rows = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < rows; rowStart += READ_AT_ONCE) {
    const rowEnd = Math.min(rowStart + READ_AT_ONCE, rows);
    yield (await parquetReadObjects({ file, metadata, rowStart, rowEnd })) as unknown as readonly ArchivedEvent[];
  }
}

/** The digest that {@link ArchiveWriter.finish} gave, computed from what the file says. */
export async function contentOf(path: string): Promise<{ readonly events: number; readonly content: Buffer }> {
  const content = createHash('sha256');
  let events = 0;
  for await (const page of readArchive(path)) {
    for (const event of page) content.update(lineOf(event));
    events += page.length;
  }
  return { events, content: content.digest() };
}

/** Length and SHA-256 of a file. */
export async function digestOf(path: string): Promise<{ readonly bytes: number; readonly sha256: Buffer }> {
  const sha256 = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    sha256.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: sha256.digest() };
}

function columnsOf(events: readonly ArchivedEvent[]): ColumnSource[] {
  return COLUMNS.map(({ name, type }) => ({ name, type, nullable: false, data: events.map((event) => event[name]) }));
}

/** Neither tabs nor line feeds occur in a field, so no two lists of events have the same lines. */
function lineOf({ batchNo, eventTime, senderId, source, agreementId, eventId, data }: ArchivedEvent): string {
  return [batchNo, eventTime.getTime(), senderId, source, agreementId, eventId, data].join('\t') + '\n';
}
