import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { unwrap } from '@hetao/kernel';
import { csvHeader, csvLine } from './usage-csv.format.js';
import { ParquetPages } from './usage-parquet.format.js';
import { toRecordDto } from './usage-record.dto.js';
import {
  keyOf,
  type RecordKey,
  type RecordRange,
  type UsageRecord,
  UsageRecordQueries,
} from './usage-record.queries.js';
import { UsageQueries } from './usage-query.queries.js';

export const exportTypes = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
} as const;

/** Records of one read; also the rows of one group of a Parquet file. */
const PAGE = 5_000;

/**
 * Streams the events behind the sums, page by page: as much memory for a year as for an hour. The pages are read one
 * after the other, so usage that comes in meanwhile is in the export when its time lies behind the page being read.
 */
@Injectable()
export class ExportUsage {
  constructor(
    private readonly records: UsageRecordQueries,
    private readonly usage: UsageQueries,
  ) {}

  open(range: RecordRange, format: keyof typeof exportTypes): Readable {
    if (format === 'parquet') return Readable.from(this.#parquet(range), { objectMode: false });
    return Readable.from(this.#text(range, format), { objectMode: false });
  }

  async *#text(range: RecordRange, format: 'csv' | 'ndjson'): AsyncGenerator<string> {
    if (format === 'csv') yield csvHeader;
    for await (const page of this.#pages(range)) {
      const lines = page.map((record) =>
        format === 'csv' ? csvLine(record) : `${JSON.stringify(toRecordDto(record))}\n`,
      );
      yield lines.join('');
    }
  }

  async *#parquet(range: RecordRange): AsyncGenerator<Uint8Array> {
    const file = new ParquetPages();
    for await (const page of this.#pages(range)) yield file.page(page);
    yield file.end();
  }

  async *#pages(range: RecordRange): AsyncGenerator<readonly UsageRecord[]> {
    let after: RecordKey | undefined;
    for (;;) {
      const from = after;
      const page = unwrap(await this.usage.bounded((client) => this.records.page(client, range, from, PAGE)));
      const last = page.at(-1);
      if (last) yield page;
      if (!last || page.length < PAGE) return;
      after = keyOf(last);
    }
  }
}
