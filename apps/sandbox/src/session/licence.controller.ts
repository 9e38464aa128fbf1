import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { afterCursor, Allow, Caller, cursorPage, cursorQuery, type CallerIdentity, type Page } from '@hetao/runtime';
import type { z } from 'zod';
import { licencePageDto, toLicenceDto, type LicenceDto } from './licence.dto.js';
import { LicenceQueries } from './licence.queries.js';

/** What the caller may compute on: on what grounds, how much is left, or why it does not open and what to do. */
@ApiTags('sandbox: licences')
@Controller('v1/sandbox/licences')
export class LicenceController {
  readonly #licences: LicenceQueries;

  constructor(licences: LicenceQueries) {
    this.#licences = licences;
  }

  @Get()
  @Allow('buyer')
  @ApiOkResponse({ standardSchema: licencePageDto })
  async listComputeLicences(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<LicenceDto>> {
    const [after = ''] = afterCursor(query.cursor, {}) ?? [];
    const rows = await this.#licences.list(caller, String(after), query.limit + 1);
    const page = cursorPage(rows, query.limit, ({ enclave }) => [enclave.id], {});
    return { ...page, data: page.data.map(toLicenceDto) };
  }
}
