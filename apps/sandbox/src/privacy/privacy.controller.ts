import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { DomainException } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  cursorQuery,
  everyone,
  idParam,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { ledgerDto, ledgerPageDto, toLedgerDto, type LedgerDto } from './privacy.dto.js';
import { privacyErrors } from './privacy.errors.js';
import { PrivacyLedgerQueries } from './privacy-ledger.queries.js';

/** What each project may learn of each dataset version, and has. Opened by the first who spends; never refilled. */
@ApiTags('sandbox: privacy')
@Controller('v1/sandbox/privacy-ledgers')
export class PrivacyController {
  constructor(private readonly ledgers: PrivacyLedgerQueries) {}

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: ledgerPageDto })
  async listPrivacyLedgers(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<LedgerDto>> {
    const after = afterCursor(query.cursor, {});
    const rows = await this.ledgers.list(caller, { after: after && String(after[0]), limit: query.limit + 1 });
    const page = cursorPage(rows, query.limit, (row) => [row.id], {});
    return { ...page, data: page.data.map(toLedgerDto) };
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: ledgerDto })
  async getPrivacyLedger(
    @Param('id', idParam('plg')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<LedgerDto> {
    const ledger = await this.ledgers.get(id, caller);
    if (ledger === null) throw new DomainException(privacyErrors.PRIVACY_LEDGER_NOT_FOUND(`No ledger ${id}.`));
    return toLedgerDto(ledger);
  }
}
