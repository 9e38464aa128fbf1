import { Readable } from 'node:stream';
import { unwrap } from '@hetao/kernel';
import { Allow } from '@hetao/runtime';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { periodInPath } from '../period/period.dto.js';
import { csvLines } from './csv.js';
import { PeriodTableQueries, tableNames, type TableName } from './period-table.queries.js';
import { textOf, type Table } from './table.js';
import { xlsxOf } from './table.xlsx.js';

const formats = {
  csv: { mediaType: 'text/csv', charset: '; charset=utf-8', most: 200_000 },
  // A workbook is made in memory, whole: as long as this takes a second, the service answers others in between.
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', charset: '', most: 20_000 },
} as const;

const exportQueryDto = z.object({
  format: z.enum(['csv', 'xlsx']).default('csv').describe('csv up to 200,000 rows, xlsx up to 20,000'),
});

@ApiTags('settlement')
@Controller('v1/settlement/periods/:period/exports')
@Allow('operator', 'auditor', 'system')
export class PeriodExportController {
  readonly #tables: PeriodTableQueries;

  constructor(tables: PeriodTableQueries) {
    this.#tables = tables;
  }

  /**
   * A period's trial balance, invoices or payouts, amounts in major units: as CSV (UTF-8, comma) or as a workbook, where
   * amounts are numbers. PERIOD_TABLE_TOO_LONG.
   */
  @Get(':table')
  @ApiProduces(formats.csv.mediaType, formats.xlsx.mediaType)
  @ApiOkResponse({ description: 'A table', schema: { type: 'string' } })
  async exportPeriod(
    @Param('period', periodInPath) period: string,
    @Param('table', { schema: z.enum(tableNames) }) name: TableName,
    @Query({ schema: exportQueryDto }) { format }: z.output<typeof exportQueryDto>,
  ): Promise<StreamableFile> {
    const { mediaType, charset, most } = formats[format];
    const table = unwrap(await this.#tables.read(period, name, most));
    const options = {
      type: `${mediaType}${charset}`,
      disposition: `attachment; filename="${period}-${name}.${format}"`,
    };
    return format === 'csv'
      ? new StreamableFile(Readable.from(csvOf(table)), options)
      : new StreamableFile(await xlsxOf(table), options);
  }
}

function csvOf({ columns, rows }: Table): Generator<string> {
  return csvLines(
    columns,
    rows.map((row) => row.map(textOf)),
  );
}
