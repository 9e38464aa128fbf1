import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { UsageRecord } from './usage-record.queries.js';

interface Column {
  readonly name: string;
  readonly type: NonNullable<ColumnSource['type']>;
  readonly read: (record: UsageRecord) => unknown;
}

const COLUMNS: readonly Column[] = [
  { name: 'time', type: 'TIMESTAMP', read: (record) => new Date(record.timeMs) },
  { name: 'id', type: 'STRING', read: (record) => record.eventId },
  { name: 'source', type: 'STRING', read: (record) => record.source },
  { name: 'agreement_id', type: 'STRING', read: (record) => record.agreementId },
  { name: 'revision', type: 'INT32', read: (record) => record.revision },
  // Exact decimals of any length stay text: no number type of Parquet holds them all.
  { name: 'meters', type: 'STRING', read: (record) => JSON.stringify(record.data.meters) },
  { name: 'data', type: 'STRING', read: (record) => JSON.stringify({ ...record.data, meters: undefined }) },
];

function columnsOf(records: readonly UsageRecord[]): ColumnSource[] {
  return COLUMNS.map(({ name, type, read }) => ({ name, type, nullable: false, data: records.map(read) }));
}

/** A Parquet file in the making: every page of records is a row group, given out as soon as it is written. */
export class ParquetPages {
  readonly #bytes = new ByteWriter();
  readonly #file = new ParquetWriter({
    writer: this.#bytes,
    schema: schemaFromColumnData({ columnData: columnsOf([]) }),
    createdBy: 'hetao metering',
  });

  page(records: readonly UsageRecord[]): Uint8Array {
    void this.#file.write({ columnData: columnsOf(records), rowGroupSize: Math.max(records.length, 1) });
    return this.#take();
  }

  /** The indexes and the footer. */
  end(): Uint8Array {
    void this.#file.finish();
    return this.#take();
  }

  /** What was written since the last time; the file stays as long as its largest page, not as it grows. */
  #take(): Uint8Array {
    const bytes = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    return bytes;
  }
}
