import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  everyone,
  Scope,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import {
  auditExportQuery,
  auditPageDto,
  auditQuery,
  toAuditEntryDto,
  type AuditEntryDto,
  type AuditFilter,
  type AuditQuery,
} from './audit.dto.js';
import { AuditQueries } from './audit.queries.js';

/** A longer export is made in parts, by time. */
const MOST_EXPORTED = 100_000;

/** Who did what at the door: sign-ins, members, keys, endpoints. */
@ApiTags('audit')
@Controller('v1/audit-entries')
@Allow(...everyone)
@Scope('identity:read', 'identity:write')
export class AuditController {
  readonly #audit: AuditQueries;

  constructor(audit: AuditQueries) {
    this.#audit = audit;
  }

  @Get()
  @ApiOperation({ summary: 'Search the audit, newest first' })
  @ApiOkResponse({ standardSchema: auditPageDto })
  async listAuditEntries(
    @Query({ schema: auditQuery }) { cursor, limit, ...filter }: AuditQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<AuditEntryDto>> {
    const before = afterCursor(cursor, filter)?.[0] ?? null;
    const rows = await this.#audit.newest(filter, caller, before === null ? null : Number(before), limit + 1);
    const page = cursorPage(rows, limit, ({ sequence }) => [String(sequence)], filter);
    return { ...page, data: page.data.map(toAuditEntryDto) };
  }

  @Get('export')
  @ApiOperation({ summary: 'Export the audit in the order of its chain', description: 'One entry a line (NDJSON).' })
  @ApiProduces('application/x-ndjson')
  exportAuditEntries(
    @Query({ schema: auditExportQuery }) filter: AuditFilter,
    @Caller() caller: CallerIdentity,
  ): StreamableFile {
    const lines = linesOf(this.#audit.all(filter, caller, MOST_EXPORTED));
    return new StreamableFile(Readable.from(lines), {
      type: 'application/x-ndjson',
      disposition: 'attachment; filename="audit.ndjson"',
    });
  }
}

async function* linesOf(entries: ReturnType<AuditQueries['all']>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(toAuditEntryDto(entry))}\n`;
}
