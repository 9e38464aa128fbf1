import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import { afterCursor, Allow, cursorPage, cursorQuery, type Page, pageOf } from '@hetao/runtime';
import { formatInstant, parseInstant } from '../window/instant.js';
import { archiveErrors } from './archive.errors.js';
import { ArchiveUsage } from './archive-usage.use-cases.js';
import { ArchiveQueries, type Archive } from './archive.queries.js';

import { dayStartMs, receiptDay } from './batch-no.js';

const archiveDto = z
  .object({
    day: z.string().describe('Day of receipt, UTC'),
    file: z.string(),
    events: z.int(),
    bytes: z.int(),
    sha256: z.string(),
    archived_at: z.string(),
    dropped_at: z.string().nullable().describe('When the day left the database; null while it is still there'),
  })
  .meta({ id: 'UsageArchive' });
type ArchiveDto = z.infer<typeof archiveDto>;

/** Days of raw usage as Parquet files. */
@Controller('v1/usage/archives')
export class ArchiveController {
  constructor(
    private readonly archives: ArchiveQueries,
    private readonly archive: ArchiveUsage,
  ) {}

  @Get()
  @Allow('operator', 'auditor')
  @ApiOperation({ summary: 'Archived days, the latest first' })
  @ApiOkResponse({ standardSchema: pageOf(archiveDto).meta({ id: 'UsageArchivePage' }) })
  async listUsageArchives(
    @Query({ schema: cursorQuery }) { limit, cursor }: z.output<typeof cursorQuery>,
  ): Promise<Page<ArchiveDto>> {
    const after = afterCursor(cursor)?.[0];
    const rows = await this.archives.list(typeof after === 'number' ? after : undefined, limit + 1);
    const page = cursorPage(rows, limit, (row) => [row.day]);
    return { ...page, data: page.data.map(toDto) };
  }

  @Post(':day/restore')
  @HttpCode(200)
  @Allow('operator')
  @ApiOperation({ summary: 'Bring a dropped day back into the database' })
  @ApiOkResponse({ standardSchema: archiveDto })
  async restoreUsageArchive(@Param('day') text: string): Promise<ArchiveDto> {
    const startMs = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseInstant(`${text}T00:00:00Z`) : undefined;
    if (startMs === undefined) throw new DomainException(archiveErrors.ARCHIVE_NOT_FOUND('A day is YYYY-MM-DD.'));
    return toDto(unwrap(await this.archive.restore(receiptDay(startMs))));
  }
}

function toDto({ day, file, events, bytes, sha256, archivedAt, droppedAt }: Archive): ArchiveDto {
  return {
    day: formatInstant(dayStartMs(day)).slice(0, 10),
    file,
    events,
    bytes,
    sha256: sha256.toString('hex'),
    archived_at: archivedAt.toISOString(),
    dropped_at: droppedAt?.toISOString() ?? null,
  };
}
