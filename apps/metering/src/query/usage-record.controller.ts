import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  type CallerIdentity,
  cursorPage,
  everyone,
  type Page,
  pageOf,
} from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import { formatInstant } from '../window/instant.js';
import { ExportUsage, exportTypes } from './export-usage.use-cases.js';
import { exportQuery, type RecordDto, recordDto, recordsQuery, toRecordDto } from './usage-record.dto.js';
import { keyOf, UsageRecordQueries } from './usage-record.queries.js';
import { UsageQueries } from './usage-query.queries.js';

@Controller('v1/usage')
export class UsageRecordController {
  constructor(
    private readonly entitlements: EntitlementQueries,
    private readonly records: UsageRecordQueries,
    private readonly usage: UsageQueries,
    private readonly exports: ExportUsage,
  ) {}

  @Get('records')
  @Allow(...everyone)
  @ApiOperation({ summary: 'The events behind the sums of a time, in its order, as they count after corrections' })
  @ApiOkResponse({ standardSchema: pageOf(recordDto).meta({ id: 'UsageRecordPage' }) })
  async listUsageRecords(
    @Query({ schema: recordsQuery }) query: z.output<typeof recordsQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<RecordDto>> {
    const { agreement_id: agreementId, from: fromMs, to: untilMs, meter, limit } = query;
    await this.entitlements.assertReadable(caller, agreementId);
    const filter = { agreementId, fromMs, untilMs, meter };
    const [time, source, id] = afterCursor(query.cursor, filter) ?? [];
    const after = id === undefined ? undefined : ([Number(time), Number(source), String(id)] as const);
    const rows = unwrap(await this.usage.bounded((client) => this.records.page(client, filter, after, limit + 1)));
    const page = cursorPage(rows, limit, keyOf, filter);
    return { ...page, data: page.data.map(toRecordDto) };
  }

  @Get('export')
  @Allow(...everyone)
  @ApiOperation({ summary: 'The same events as a file: CSV, newline-delimited JSON or Parquet, streamed' })
  @ApiProduces('text/csv', 'application/x-ndjson', 'application/vnd.apache.parquet')
  @ApiOkResponse({ description: 'The file' })
  async exportUsage(
    @Query({ schema: exportQuery }) query: z.output<typeof exportQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<StreamableFile> {
    const { agreement_id: agreementId, from: fromMs, to: untilMs, meter, format } = query;
    await this.entitlements.assertReadable(caller, agreementId);
    const day = formatInstant(fromMs).slice(0, 10);
    return new StreamableFile(this.exports.open({ agreementId, fromMs, untilMs, meter }, format), {
      type: exportTypes[format],
      disposition: `attachment; filename="usage-${agreementId}-${day}.${format}"`,
    });
  }
}
